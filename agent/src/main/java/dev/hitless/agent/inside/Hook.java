package dev.hitless.agent.inside;

import dev.hitless.agent.HookedTypes;
import org.jspecify.annotations.Nullable;

/**
 * The places in the JDK where hitless listens: the public facades, so that every provider is
 * covered, and the opening of files.
 *
 * <p>Immutable but for its state, which the transformer writes and the status reads.
 */
enum Hook {
  KEY_STORE_LOAD(HookedTypes.KEY_STORE, "load", "(Ljava/io/InputStream;[C)V", Form.AFTER),
  KEY_STORE_LOAD_PARAMETER(
      HookedTypes.KEY_STORE, "load", "(Ljava/security/KeyStore$LoadStoreParameter;)V", Form.AFTER),
  FACTORY_INIT_STORE(
      HookedTypes.KEY_MANAGER_FACTORY, "init", "(Ljava/security/KeyStore;[C)V", Form.AFTER),
  FACTORY_INIT_PARAMETERS(
      HookedTypes.KEY_MANAGER_FACTORY,
      "init",
      "(Ljavax/net/ssl/ManagerFactoryParameters;)V",
      Form.AFTER),
  FACTORY_KEY_MANAGERS(
      HookedTypes.KEY_MANAGER_FACTORY,
      "getKeyManagers",
      "()[Ljavax/net/ssl/KeyManager;",
      Form.RESULT),
  TRUST_INIT_STORE(
      HookedTypes.TRUST_MANAGER_FACTORY, "init", "(Ljava/security/KeyStore;)V", Form.AFTER),
  TRUST_INIT_PARAMETERS(
      HookedTypes.TRUST_MANAGER_FACTORY,
      "init",
      "(Ljavax/net/ssl/ManagerFactoryParameters;)V",
      Form.AFTER),
  TRUST_MANAGERS(
      HookedTypes.TRUST_MANAGER_FACTORY,
      "getTrustManagers",
      "()[Ljavax/net/ssl/TrustManager;",
      Form.RESULT),
  CONTEXT_INIT(
      HookedTypes.SSL_CONTEXT,
      "init",
      "([Ljavax/net/ssl/KeyManager;[Ljavax/net/ssl/TrustManager;Ljava/security/SecureRandom;)V",
      Form.FIRST_ARGUMENT),
  CONTEXT_INIT_TRUST(
      HookedTypes.SSL_CONTEXT,
      "init",
      "([Ljavax/net/ssl/KeyManager;[Ljavax/net/ssl/TrustManager;Ljava/security/SecureRandom;)V",
      Form.SECOND_ARGUMENT),
  CONTEXT_DEFAULT(
      HookedTypes.SSL_CONTEXT, "getDefault", "()Ljavax/net/ssl/SSLContext;", Form.RESULT),
  PASSWORD(HookedTypes.PBE_KEY_SPEC, "<init>", null, Form.AFTER),
  MBEAN_SERVER(
      HookedTypes.MANAGEMENT_FACTORY,
      "getPlatformMBeanServer",
      "()Ljavax/management/MBeanServer;",
      Form.RESULT),
  FILE_STREAM(HookedTypes.FILE_INPUT_STREAM, "<init>", "(Ljava/io/File;)V", Form.OPENED),
  FILE_NEW_STREAM(
      HookedTypes.FILES,
      "newInputStream",
      "(Ljava/nio/file/Path;[Ljava/nio/file/OpenOption;)Ljava/io/InputStream;",
      Form.OPENED),
  FILE_NEW_CHANNEL(
      HookedTypes.FILES,
      "newByteChannel",
      "(Ljava/nio/file/Path;Ljava/util/Set;[Ljava/nio/file/attribute/FileAttribute;)Ljava/nio/channels/SeekableByteChannel;",
      Form.OPENED),
  FILE_COPY(
      HookedTypes.FILES,
      "copy",
      "(Ljava/nio/file/Path;Ljava/nio/file/Path;[Ljava/nio/file/CopyOption;)Ljava/nio/file/Path;",
      Form.OPENED),
  DIRECTORY(
      HookedTypes.FILES,
      "newDirectoryStream",
      "(Ljava/nio/file/Path;)Ljava/nio/file/DirectoryStream;",
      Form.OPENED),
  DIRECTORY_GLOB(
      HookedTypes.FILES,
      "newDirectoryStream",
      "(Ljava/nio/file/Path;Ljava/lang/String;)Ljava/nio/file/DirectoryStream;",
      Form.OPENED),
  DIRECTORY_FILTER(
      HookedTypes.FILES,
      "newDirectoryStream",
      "(Ljava/nio/file/Path;Ljava/nio/file/DirectoryStream$Filter;)Ljava/nio/file/DirectoryStream;",
      Form.OPENED),
  FILE_CHANNEL(
      HookedTypes.FILE_CHANNEL,
      "open",
      "(Ljava/nio/file/Path;Ljava/util/Set;[Ljava/nio/file/attribute/FileAttribute;)Ljava/nio/channels/FileChannel;",
      Form.OPENED);

  /** What is woven into the method. */
  enum Form {
    /** Tells the bridge {self, first argument, second argument} when the method returns. */
    AFTER,
    /** Lets the bridge replace what the method returns. */
    RESULT,
    /** Lets the bridge replace the first argument before the method runs, unless it is null. */
    FIRST_ARGUMENT,
    /** Lets the bridge replace the second argument before the method runs. */
    SECOND_ARGUMENT,
    /** Tells the bridge the file or path that is about to be opened. */
    OPENED
  }

  /** What became of a hook. */
  enum State {
    /** Its class is not loaded yet. */
    PENDING,
    /** It is woven in. */
    APPLIED,
    /** It could not be woven in. */
    FAILED
  }

  final String type;
  final String method;
  final @Nullable String descriptor;
  final Form form;

  @SuppressWarnings("ImmutableEnumChecker") // one state in the JVM, as the weaving itself
  volatile State state = State.PENDING;

  Hook(String type, String method, @Nullable String descriptor, Form form) {
    this.type = type;
    this.method = method;
    this.descriptor = descriptor;
    this.form = form;
  }

  boolean matches(String name, String descriptor) {
    return method.equals(name)
        && (this.descriptor == null
            ? descriptor.startsWith("([C")
            : this.descriptor.equals(descriptor));
  }
}
