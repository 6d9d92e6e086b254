package dev.hitless.agent.inside;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Weaves calls of the bridge into the methods of one JDK class, with the ASM that Byte Buddy ships.
 *
 * <p>Byte Buddy's own builders would first describe half the JDK to themselves, which costs a JVM
 * that uses TLS more than half a second; what is woven here is a handful of instructions without a
 * branch, so no stack map frame changes. Stateless and thread-safe.
 */
final class Weaver {
  static final String BRIDGE = "java/lang/HitlessBridge";
  static final String NATIVE = "NATIVE_TLS";
  static final String NETTY_CONTEXT = "NETTY_CONTEXT";
  static final String TOMCAT_ENDPOINT = "TOMCAT_ENDPOINT";
  static final String ON =
      "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;";

  private Weaver() {}

  /**
   * Returns the class with every hook of it woven in, and marks those hooks.
   *
   * @param type internal name of the class
   * @param bytes the class as it is
   */
  static byte[] weave(String type, byte[] bytes) {
    Set<Hook> missing = EnumSet.noneOf(Hook.class);
    for (Hook hook : Hook.values()) {
      if (hook.type.equals(type)) {
        missing.add(hook);
      }
    }
    List<Hook> hooks = new ArrayList<>(missing);
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            for (Hook hook : hooks) {
              if (hook.matches(name, descriptor)) {
                missing.remove(hook);
                next = new Woven(next, hook, (access & Opcodes.ACC_STATIC) != 0, descriptor);
              }
            }
            return next;
          }
        },
        0);
    byte[] woven = writer.toByteArray();
    for (Hook hook : hooks) {
      hook.state = missing.contains(hook) ? Hook.State.FAILED : Hook.State.APPLIED;
    }
    return woven;
  }

  /**
   * Returns the class with constructors that tell the bridge that there is an instance.
   *
   * @param type internal name of the class, which the bridge is told
   */
  static byte[] announce(String type, byte[] bytes) {
    return announce(NATIVE, "<init>", type, bytes);
  }

  /**
   * Returns the class with methods that hand the bridge their instance when they are done.
   *
   * @param method the name of those, which return nothing; constructors do so of what may not be
   *     complete
   */
  static byte[] handOver(String hook, String method, byte[] bytes) {
    return announce(hook, method, null, bytes);
  }

  private static byte[] announce(String hook, String method, @Nullable String type, byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return name.equals(method) ? new Announcing(next, hook, type) : next;
          }
        },
        0);
    return writer.toByteArray();
  }

  /** A method that tells the bridge of its class, or its instance, when it is done. */
  private static final class Announcing extends MethodVisitor {
    private final String hook;
    private final @Nullable String type;

    Announcing(MethodVisitor next, String hook, @Nullable String type) {
      super(Opcodes.ASM9, next);
      this.hook = hook;
      this.type = type;
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.RETURN) {
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitLdcInsn(hook);
        if (type == null) {
          super.visitVarInsn(Opcodes.ALOAD, 0);
        } else {
          super.visitLdcInsn(type);
        }
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitInsn(Opcodes.ACONST_NULL);
        super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "on", ON, false);
        super.visitInsn(Opcodes.POP);
      }
      super.visitInsn(opcode);
    }
  }

  /** One method with its call of the bridge. */
  private static final class Woven extends MethodVisitor {
    private final Hook hook;
    private final boolean isStatic;
    private final Type[] arguments;
    private final Type result;

    Woven(MethodVisitor next, Hook hook, boolean isStatic, String descriptor) {
      super(Opcodes.ASM9, next);
      this.hook = hook;
      this.isStatic = isStatic;
      this.arguments = Type.getArgumentTypes(descriptor);
      this.result = Type.getReturnType(descriptor);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (hook.form == Hook.Form.FIRST_ARGUMENT) {
        replaceArgument(0, "given");
      } else if (hook.form == Hook.Form.SECOND_ARGUMENT) {
        replaceArgument(1, "on");
      } else if (hook.form == Hook.Form.OPENED) {
        callOpened();
      }
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.ARETURN && hook.form == Hook.Form.RESULT) {
        callBridge();
        super.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
      } else if (opcode == Opcodes.RETURN && hook.form == Hook.Form.AFTER) {
        super.visitInsn(Opcodes.ACONST_NULL);
        callBridge();
        super.visitInsn(Opcodes.POP);
      }
      super.visitInsn(opcode);
    }

    private void callBridge() {
      callBridge("on");
    }

    /** With the result on the stack: calls {@code on(result, hook, self, a, b)}, or its like. */
    private void callBridge(String method) {
      super.visitLdcInsn(hook.name());
      if (isStatic) {
        super.visitInsn(Opcodes.ACONST_NULL);
      } else {
        super.visitVarInsn(Opcodes.ALOAD, 0);
      }
      loadArgument(0);
      loadArgument(1);
      super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, method, ON, false);
    }

    private void callOpened() {
      loadArgument(0);
      super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "opened", "(Ljava/lang/Object;)V", false);
    }

    private void replaceArgument(int index, String method) {
      loadArgument(index);
      callBridge(method);
      super.visitTypeInsn(Opcodes.CHECKCAST, arguments[index].getInternalName());
      super.visitVarInsn(Opcodes.ASTORE, slot(index));
    }

    private void loadArgument(int index) {
      if (index >= arguments.length || arguments[index].getSort() < Type.ARRAY) {
        super.visitInsn(Opcodes.ACONST_NULL);
        return;
      }
      super.visitVarInsn(Opcodes.ALOAD, slot(index));
    }

    private int slot(int index) {
      int slot = isStatic ? 0 : 1;
      for (int i = 0; i < index; i++) {
        slot += arguments[i].getSize();
      }
      return slot;
    }
  }
}
