package dev.hitless.agent.inside;

import org.jspecify.annotations.Nullable;

/**
 * The places in the JDK's own TLS where a session comes to be resumed, or is made. They carry hooks
 * only once a cut-off is needed, which most servers never see.
 *
 * <p>Immutable but for its state, which the weaver writes and the status reads.
 */
enum SessionHook {
  /** A server looks for the session of an id (TLS 1.2). */
  SESSION_OF_ID(Names.CONTEXT, "get", "([B)L" + Names.SESSION + ";", Form.LOOK_UP, Names.CONTEXT),
  /** A server takes the session of a pre-shared key (TLS 1.3). */
  SESSION_OF_KEY(
      Names.CONTEXT,
      "pull",
      "([B)L" + Names.SESSION + ";",
      Form.LOOK_UP,
      "sun/security/ssl/PreSharedKeyExtension"),
  /** A client looks for a session with a server. */
  SESSION_OF_SERVER(
      Names.CONTEXT,
      "get",
      "(Ljava/lang/String;I)L" + Names.SESSION + ";",
      Form.LOOK_UP,
      Names.CONTEXT),
  /** A server opens a ticket that holds a session whole. */
  SESSION_IN_TICKET(
      Names.SESSION,
      "<init>",
      "(L" + Names.HANDSHAKE + ";Ljava/nio/ByteBuffer;)V",
      Form.TICKET,
      "sun/security/ssl/SessionTicketExtension"),
  /** A full handshake makes a session. */
  SESSION_MADE(
      Names.SESSION,
      "<init>",
      "(L" + Names.HANDSHAKE + ";Lsun/security/ssl/CipherSuite;Lsun/security/ssl/SessionId;J)V",
      Form.MADE,
      Names.HANDSHAKE);

  /** Internal names of classes. */
  static final class Names {
    static final String CONTEXT = "sun/security/ssl/SSLSessionContextImpl";
    static final String SESSION = "sun/security/ssl/SSLSessionImpl";
    static final String HANDSHAKE = "sun/security/ssl/HandshakeContext";

    private Names() {}
  }

  /** What is woven into the method. */
  enum Form {
    /** What it returns is replaced by null if it is cut off. */
    LOOK_UP,
    /** The session that it has filled is marked as invalid if it is cut off. */
    TICKET,
    /** The time of the new session, its last argument, is moved after all cut-offs. */
    MADE
  }

  /** What became of a hook. */
  enum State {
    /** No cut-off was needed yet. */
    PENDING,
    /** It is woven in. */
    APPLIED,
    /** This JDK has nothing of the kind. */
    NOT_NEEDED,
    /** It could not be woven in. */
    FAILED
  }

  final String type;
  final String method;
  final String descriptor;
  final Form form;
  private final String neededWith;

  @SuppressWarnings("ImmutableEnumChecker") // one state in the JVM, as the weaving itself
  volatile State state = State.PENDING;

  SessionHook(String type, String method, String descriptor, Form form, String neededWith) {
    this.type = type;
    this.method = method;
    this.descriptor = descriptor;
    this.form = form;
    this.neededWith = neededWith;
  }

  boolean matches(String name, String descriptor) {
    return method.equals(name) && this.descriptor.equals(descriptor);
  }

  /** Returns whether the JDK has what this hook is for. */
  boolean isNeeded() {
    return find(neededWith) != null;
  }

  /** Returns a class of the JDK by its internal name, or null. */
  static @Nullable Class<?> find(String type) {
    try {
      return Class.forName(type.replace('/', '.'), false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
