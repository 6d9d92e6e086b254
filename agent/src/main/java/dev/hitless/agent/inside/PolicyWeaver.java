package dev.hitless.agent.inside;

import dev.hitless.policy.PolicyHooks;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Weaves the policy hook, in the manner of {@link Weaver}: instructions without a branch, in a
 * class whose package may read and write the fields. Owned by the thread that transforms the class.
 */
final class PolicyWeaver extends MethodVisitor {
  private static final String OWN = "sslConfig";
  private static final String OWN_TYPE = "L" + PolicyHook.PARAMETERS + ";";
  private static final String AUTH_TYPE = "L" + PolicyHook.CLIENT_AUTH + ";";
  private static final String LIST = "java/util/List";
  private static final String TEXTS = "[Ljava/lang/String;";

  private final boolean groups;
  private final boolean keyManager;
  private boolean woven;

  private PolicyWeaver(MethodVisitor next, boolean groups, boolean keyManager) {
    super(Opcodes.ASM9, next);
    this.groups = groups;
    this.keyManager = keyManager;
  }

  /** Returns the class with the hook woven in, and marks it if it is. */
  static byte[] weave(byte[] bytes) throws ClassNotFoundException {
    boolean groups = PolicyHook.hasGroups();
    boolean keyManager = PolicyHook.hasKeyManager();
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return name.equals("<init>") && descriptor.equals(PolicyHook.CONSTRUCTOR)
                ? new PolicyWeaver(next, groups, keyManager)
                : next;
          }
        },
        0);
    return writer.toByteArray();
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    super.visitFieldInsn(opcode, owner, name, descriptor);
    if (!woven && opcode == Opcodes.PUTFIELD && name.equals(OWN) && descriptor.equals(OWN_TYPE)) {
      woven = true;
      parameters();
      loadOwn();
      get("isClientMode", "Z");
      super.visitVarInsn(Opcodes.ALOAD, 2);
      super.visitFieldInsn(Opcodes.GETFIELD, PolicyHook.CONNECTION, "isNegotiated", "Z");
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          Weaver.BRIDGE,
          "policed",
          "([Ljava/lang/Object;ZZ)[Ljava/lang/Object;",
          false);
      put(PolicyHooks.PROTOCOLS, "enabledProtocols", LIST, "L" + LIST + ";");
      put(PolicyHooks.SUITES, "enabledCipherSuites", LIST, "L" + LIST + ";");
      put(PolicyHooks.CLIENT_AUTH, "clientAuthType", PolicyHook.CLIENT_AUTH, AUTH_TYPE);
      if (groups) {
        put(PolicyHooks.GROUPS, "namedGroups", TEXTS, TEXTS);
      }
      super.visitInsn(Opcodes.POP);
    }
  }

  @Override
  public void visitEnd() {
    super.visitEnd();
    if (woven) {
      PolicyHook.state = PolicyHook.State.APPLIED;
    }
  }

  /** Leaves the array of them on the stack. */
  private void parameters() {
    super.visitIntInsn(Opcodes.BIPUSH, PolicyHooks.SIZE);
    super.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
    element(PolicyHooks.PROTOCOLS, "enabledProtocols", "L" + LIST + ";");
    element(PolicyHooks.SUITES, "enabledCipherSuites", "L" + LIST + ";");
    element(PolicyHooks.CLIENT_AUTH, "clientAuthType", AUTH_TYPE);
    if (groups) {
      element(PolicyHooks.GROUPS, "namedGroups", TEXTS);
    }
    begin(PolicyHooks.TRANSPORT);
    super.visitVarInsn(Opcodes.ALOAD, 2);
    super.visitFieldInsn(
        Opcodes.GETFIELD, PolicyHook.CONNECTION, "transport", "L" + PolicyHook.TRANSPORT + ";");
    super.visitInsn(Opcodes.AASTORE);
    constant(PolicyHooks.WANT, "CLIENT_AUTH_REQUESTED");
    constant(PolicyHooks.NEED, "CLIENT_AUTH_REQUIRED");
    if (keyManager) {
      begin(PolicyHooks.KEY_MANAGER);
      super.visitVarInsn(Opcodes.ALOAD, 1);
      super.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL,
          PolicyHook.CONTEXT,
          PolicyHook.KEY_MANAGER,
          "()L" + PolicyHook.KEY_MANAGER_TYPE + ";",
          false);
      super.visitInsn(Opcodes.AASTORE);
    }
  }

  private void begin(int index) {
    super.visitInsn(Opcodes.DUP);
    super.visitIntInsn(Opcodes.BIPUSH, index);
  }

  private void element(int index, String field, String descriptor) {
    begin(index);
    loadOwn();
    get(field, descriptor);
    super.visitInsn(Opcodes.AASTORE);
  }

  private void constant(int index, String name) {
    begin(index);
    super.visitFieldInsn(Opcodes.GETSTATIC, PolicyHook.CLIENT_AUTH, name, AUTH_TYPE);
    super.visitInsn(Opcodes.AASTORE);
  }

  /** With the array on the stack, which stays there. */
  private void put(int index, String field, String type, String descriptor) {
    begin(index);
    super.visitInsn(Opcodes.AALOAD);
    super.visitTypeInsn(Opcodes.CHECKCAST, type);
    loadOwn();
    super.visitInsn(Opcodes.SWAP);
    super.visitFieldInsn(Opcodes.PUTFIELD, PolicyHook.PARAMETERS, field, descriptor);
  }

  private void loadOwn() {
    super.visitVarInsn(Opcodes.ALOAD, 0);
    super.visitFieldInsn(Opcodes.GETFIELD, PolicyHook.HANDSHAKE, OWN, OWN_TYPE);
  }

  private void get(String field, String descriptor) {
    super.visitFieldInsn(Opcodes.GETFIELD, PolicyHook.PARAMETERS, field, descriptor);
  }
}
