package dev.hitless.agent.inside;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Weaves the session hooks into one class, in the manner of {@link Weaver}: a call without a
 * branch. Owned by the thread that transforms the class.
 */
final class SessionWeaver extends ClassVisitor {
  private static final String SESSION = SessionHook.Names.SESSION;
  private static final String CONTEXT_FIELD = "L" + SessionHook.Names.CONTEXT + ";";

  private final String type;
  private final Set<String> fields = new HashSet<>();
  private final Set<SessionHook> applied = EnumSet.noneOf(SessionHook.class);

  private SessionWeaver(String type, ClassWriter next) {
    super(Opcodes.ASM9, next);
    this.type = type;
  }

  /** Returns the class with every hook of it that fits woven in, and marks those hooks. */
  static byte[] weave(String type, byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    SessionWeaver weaver = new SessionWeaver(type, writer);
    reader.accept(weaver, 0);
    byte[] woven = writer.toByteArray();
    for (SessionHook hook : weaver.applied) {
      hook.state = SessionHook.State.APPLIED;
    }
    return woven;
  }

  @Override
  public FieldVisitor visitField(
      int access, String name, String descriptor, String signature, Object value) {
    fields.add(name + " " + descriptor);
    return super.visitField(access, name, descriptor, signature, value);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    for (SessionHook hook : SessionHook.values()) {
      if (hook.type.equals(type) && hook.matches(name, descriptor) && fits(hook)) {
        applied.add(hook);
        return new Woven(next, hook);
      }
    }
    return next;
  }

  private boolean fits(SessionHook hook) {
    return hook.form != SessionHook.Form.TICKET
        || fields.containsAll(
            Arrays.asList("invalidated Z", "creationTime J", "context " + CONTEXT_FIELD));
  }

  /** One method with its call of the bridge. */
  private static final class Woven extends MethodVisitor {
    /** The fourth argument of a method that is not static. */
    private static final int MADE = 4;

    private final SessionHook hook;

    Woven(MethodVisitor next, SessionHook hook) {
      super(Opcodes.ASM9, next);
      this.hook = hook;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (hook.form == SessionHook.Form.MADE) {
        super.visitVarInsn(Opcodes.LLOAD, MADE);
        call("made", "(J)J");
        super.visitVarInsn(Opcodes.LSTORE, MADE);
      }
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.ARETURN && hook.form == SessionHook.Form.LOOK_UP) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        call("resumable", "(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
        super.visitTypeInsn(Opcodes.CHECKCAST, SESSION);
      } else if (opcode == Opcodes.RETURN && hook.form == SessionHook.Form.TICKET) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        load("invalidated", "Z");
        load("context", CONTEXT_FIELD);
        load("creationTime", "J");
        call("isCutOff", "(ZLjava/lang/Object;J)Z");
        super.visitFieldInsn(Opcodes.PUTFIELD, SESSION, "invalidated", "Z");
      }
      super.visitInsn(opcode);
    }

    private void load(String field, String descriptor) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitFieldInsn(Opcodes.GETFIELD, SESSION, field, descriptor);
    }

    private void call(String method, String descriptor) {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, Weaver.BRIDGE, method, descriptor, false);
    }
  }
}
