package dev.hitless.agent.inside;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves into the classes in which Netty keeps native copies of keys and chains, by alias and for
 * ever, the question whether the copy is still what the key manager answers with. If it is not,
 * Netty's own method makes the next one. The constructor of the class that these extend tells which
 * key manager that is.
 *
 * <pre>
 * OpenSslKeyMaterial chooseKeyMaterial(ByteBufAllocator allocator, String alias) {
 *   Object known = HitlessBridge.on(null, "NETTY_CHOOSE", this, alias, null);
 *   if (known != null) {
 *     if (known instanceof OpenSslKeyMaterial) {
 *       return (OpenSslKeyMaterial) known;
 *     }
 *     try {
 *       return (OpenSslKeyMaterial)
 *           HitlessBridge.on(super.chooseKeyMaterial(allocator, alias), "NETTY_MADE", this, known, null);
 *     } catch (Exception e) {
 *       known = HitlessBridge.on(null, "NETTY_REFUSED", this, known, e);
 *       if (known != null) {
 *         return (OpenSslKeyMaterial) known;
 *       }
 *     }
 *   }
 *   … as before
 * }
 * </pre>
 *
 * <p>Stateless and thread-safe.
 */
final class NettyKeyWeaver {
  static final String PROVIDER = "NETTY_PROVIDER";
  static final String CHOOSE = "NETTY_CHOOSE";
  static final String MADE = "NETTY_MADE";
  static final String REFUSED = "NETTY_REFUSED";
  static final String DESTROYED = "NETTY_DESTROYED";

  private static final String NAME = "chooseKeyMaterial";
  private static final String KEY_MANAGER_FIRST = "(Ljavax/net/ssl/X509KeyManager;";
  private static final int ALLOCATOR = 1;
  private static final int ALIAS = 2;
  private static final int KNOWN = 3;
  private static final int CAUGHT = 4;

  private NettyKeyWeaver() {}

  /**
   * Returns the class with what belongs into it; null if it is not made in the way that is known,
   * and is to stay as it is.
   */
  static byte @Nullable [] weave(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    Shape shape = new Shape(reader.getSuperName());
    reader.accept(shape, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    String descriptor = shape.descriptor;
    boolean keeps = shape.asksSuper;
    if (descriptor == null || !(keeps || (shape.takesKeyManager && shape.isFirst()))) {
      return null;
    }
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String given, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, given, signature, exceptions);
            if (!keeps) {
              boolean first = name.equals("<init>") && given.startsWith(KEY_MANAGER_FIRST);
              return first ? new Telling(next, PROVIDER, false) : next;
            } else if (name.equals(NAME) && given.equals(descriptor)) {
              return new Choosing(next, reader.getSuperName(), descriptor);
            }
            boolean last = name.equals("destroy") && given.equals("()V");
            return last ? new Telling(next, DESTROYED, true) : next;
          }
        },
        0);
    return writer.toByteArray();
  }

  private static void callBridge(MethodVisitor method) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, Weaver.BRIDGE, "on", Weaver.ON, false);
  }

  /** What the weaving relies on. */
  private static final class Shape extends ClassVisitor {
    private final String superName;
    private @Nullable String descriptor;
    private boolean asksSuper;
    private boolean takesKeyManager;

    Shape(String superName) {
      super(Opcodes.ASM9);
      this.superName = superName;
    }

    boolean isFirst() {
      return "java/lang/Object".equals(superName);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String given, String signature, String[] exceptions) {
      if (name.equals(NAME)
          && given.matches(
              "\\(L\\S*/buffer/ByteBufAllocator;Ljava/lang/String;\\)L\\S*/OpenSslKeyMaterial;")) {
        descriptor = given;
      }
      takesKeyManager |= name.equals("<init>") && given.startsWith(KEY_MANAGER_FIRST);
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String calledWith, boolean isInterface) {
          asksSuper |=
              opcode == Opcodes.INVOKESPECIAL && owner.equals(superName) && called.equals(NAME);
        }
      };
    }
  }

  /** A method without a result that tells the bridge of itself, as it begins or as it ends. */
  private static final class Telling extends MethodVisitor {
    private final String hook;
    private final boolean first;

    Telling(MethodVisitor next, String hook, boolean first) {
      super(Opcodes.ASM9, next);
      this.hook = hook;
      this.first = first;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (first) {
        tell();
      }
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN && !first) {
        tell();
      }
      super.visitInsn(opcode);
    }

    private void tell() {
      super.visitInsn(Opcodes.ACONST_NULL);
      super.visitLdcInsn(hook);
      super.visitVarInsn(Opcodes.ALOAD, 0);
      if (first) {
        super.visitInsn(Opcodes.ACONST_NULL);
      } else {
        super.visitVarInsn(Opcodes.ALOAD, 1);
      }
      super.visitInsn(Opcodes.ACONST_NULL);
      callBridge(this);
      super.visitInsn(Opcodes.POP);
    }
  }

  /** The method that chooses. Its own frames follow upon one that is as at its beginning. */
  private static final class Choosing extends MethodVisitor {
    private final String superName;
    private final String descriptor;
    private final String material;

    Choosing(MethodVisitor next, String superName, String descriptor) {
      super(Opcodes.ASM9, next);
      this.superName = superName;
      this.descriptor = descriptor;
      this.material = descriptor.substring(descriptor.indexOf(")L") + 2, descriptor.length() - 1);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      Label make = new Label();
      Label made = new Label();
      Label refused = new Label();
      Label asBefore = new Label();
      super.visitTryCatchBlock(make, made, refused, "java/lang/Exception");
      askBridge(CHOOSE, ALIAS, null);
      super.visitVarInsn(Opcodes.ASTORE, KNOWN);
      super.visitVarInsn(Opcodes.ALOAD, KNOWN);
      super.visitJumpInsn(Opcodes.IFNULL, asBefore);
      super.visitVarInsn(Opcodes.ALOAD, KNOWN);
      super.visitTypeInsn(Opcodes.INSTANCEOF, material);
      super.visitJumpInsn(Opcodes.IFEQ, make);
      returnKnown();
      super.visitLabel(make);
      super.visitFrame(Opcodes.F_APPEND, 1, new Object[] {"java/lang/Object"}, 0, null);
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitVarInsn(Opcodes.ALOAD, ALLOCATOR);
      super.visitVarInsn(Opcodes.ALOAD, ALIAS);
      super.visitMethodInsn(Opcodes.INVOKESPECIAL, superName, NAME, descriptor, false);
      super.visitLabel(made);
      askOn(MADE, KNOWN, null);
      super.visitTypeInsn(Opcodes.CHECKCAST, material);
      super.visitInsn(Opcodes.ARETURN);
      super.visitLabel(refused);
      super.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Exception"});
      super.visitVarInsn(Opcodes.ASTORE, CAUGHT);
      askBridge(REFUSED, KNOWN, CAUGHT);
      super.visitVarInsn(Opcodes.ASTORE, KNOWN);
      super.visitVarInsn(Opcodes.ALOAD, KNOWN);
      super.visitJumpInsn(Opcodes.IFNULL, asBefore);
      returnKnown();
      super.visitLabel(asBefore);
      super.visitFrame(Opcodes.F_CHOP, 1, null, 0, null);
    }

    private void returnKnown() {
      super.visitVarInsn(Opcodes.ALOAD, KNOWN);
      super.visitTypeInsn(Opcodes.CHECKCAST, material);
      super.visitInsn(Opcodes.ARETURN);
    }

    private void askBridge(String hook, int a, @Nullable Integer b) {
      super.visitInsn(Opcodes.ACONST_NULL);
      askOn(hook, a, b);
    }

    /** With the result to go by on the stack. */
    private void askOn(String hook, int a, @Nullable Integer b) {
      super.visitLdcInsn(hook);
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitVarInsn(Opcodes.ALOAD, a);
      if (b == null) {
        super.visitInsn(Opcodes.ACONST_NULL);
      } else {
        super.visitVarInsn(Opcodes.ALOAD, b);
      }
      callBridge(this);
    }
  }
}
