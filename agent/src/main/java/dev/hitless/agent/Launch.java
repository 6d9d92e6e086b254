package dev.hitless.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.security.AccessController;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether hitless starts in this JVM: looks at the kill switch, stands aside in JDK tools
 * and our own, refuses a second start, and starts what lies inside.
 *
 * <p>Runs once on the JVM's main thread and touches nothing that an application server wants to
 * initialise itself. Public because under a SecurityManager the bootstrap loader defines it, and
 * another one its only caller.
 */
public final class Launch implements PrivilegedExceptionAction<@Nullable Object> {
  private static final String PREFIX = "hitless.";
  private static final String STARTED = "hitless.started";

  /** The JDK's own programs, which {@code JAVA_TOOL_OPTIONS} reaches too, by their main class. */
  private static final String[] TOOLS = {
    "sun.tools.",
    "sun.security.tools.",
    "com.sun.tools.",
    "jdk.jfr.internal.tool.",
    "sun.jvmstat.",
    "jdk.tools.",
    "jdk.internal.jshell.",
    "sun.rmi.",
    "sun.jvm.hotspot."
  };

  /** Runs a user's source file ({@code java Server.java}), and so the user's own program. */
  private static final String SOURCE_LAUNCHER = "com.sun.tools.javac.launcher.";

  private final @Nullable String arguments;
  private final Instrumentation instrumentation;
  private final File jar;
  private final boolean running;

  private Launch(
      @Nullable String arguments, Instrumentation instrumentation, File jar, boolean running) {
    this.arguments = arguments;
    this.instrumentation = instrumentation;
    this.jar = jar;
    this.running = running;
  }

  /**
   * Starts hitless unless something speaks against it.
   *
   * @param arguments the agent's arguments, or null
   * @param jar the agent's jar
   * @param running whether the application runs already; then it returns once the hooks are there
   * @throws Exception whatever hinders the start; the caller is the boundary to the application
   */
  public static void launch(
      @Nullable String arguments, Instrumentation instrumentation, File jar, boolean running)
      throws Exception {
    try {
      AccessController.doPrivileged(new Launch(arguments, instrumentation, jar, running));
    } catch (PrivilegedActionException e) {
      throw e.getException();
    }
  }

  @Override
  public @Nullable Object run() throws Exception {
    String command = System.getProperty("sun.java.command", "");
    if (isOff() || isTool(command) || isOwnCommandLine(command)) {
      return null;
    }
    synchronized (Launch.class) {
      if (System.getProperty(STARTED) != null) {
        System.err.println(
            "hitless WARN: is started already in this JVM; this second start does nothing. Remove"
                + " one of the flags.");
        return null;
      }
      System.setProperty(STARTED, "true");
    }
    InsideLoader inside = new InsideLoader(jar);
    if (inside.bytes(Beginning.START.replace('.', '/') + ".bin") == null) {
      throw new IOException("the agent's jar is empty inside");
    }
    Threshold threshold = new Threshold();
    Thread thread =
        new Thread(
            null, new Beginning(arguments, instrumentation, inside, threshold), "hitless", 0);
    thread.setDaemon(true);
    threshold.own(thread);
    instrumentation.addTransformer(threshold, true);
    thread.start();
    if (running) {
      threshold.awaitWoven();
    }
    return null;
  }

  /** The kill switch, in the order in which all settings are read: property, argument, file. */
  private boolean isOff() {
    String enabled = System.getProperty("hitless.enabled");
    if (enabled == null) {
      enabled = argument("enabled");
    }
    if (enabled == null) {
      enabled = inFile("enabled");
    }
    return enabled != null && enabled.trim().equalsIgnoreCase("false");
  }

  /** Returns whether this JVM runs the jar's own command line, which is nothing to follow. */
  private boolean isOwnCommandLine(String command) throws IOException {
    int end = command.indexOf(".jar");
    if (end < 0) {
      return false;
    }
    File started = new File(command.substring(0, end + ".jar".length()));
    return started.getCanonicalPath().equals(jar.getCanonicalPath());
  }

  private @Nullable String argument(String key) {
    if (arguments != null && arguments.indexOf('=') >= 0) {
      for (String pair : arguments.split(",")) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).trim();
        if (name.equals(key) || name.equals(PREFIX + key)) {
          return pair.substring(equals + 1).trim();
        }
      }
    }
    return null;
  }

  private @Nullable String inFile(String key) {
    String file = System.getProperty("hitless.config");
    if (file == null && arguments != null) {
      file = arguments.indexOf('=') < 0 ? arguments.trim() : argument("config");
    }
    if (file == null || file.isEmpty()) {
      return null;
    }
    Properties properties = new Properties();
    try (InputStream in = new FileInputStream(file)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return null; // Said by whoever reads the rest of the settings.
    }
    return properties.getProperty(PREFIX + key, properties.getProperty(key));
  }

  /**
   * Returns whether this JVM runs a program of the JDK. Since Java 9 those come from modules, which
   * tells them from a user's class of a similar name.
   */
  private static boolean isTool(String command) {
    int slash = command.indexOf('/');
    String main = command;
    if (!System.getProperty("java.specification.version", "").startsWith("1.")) {
      if (slash < 0 || !(command.startsWith("jdk.") || command.startsWith("java."))) {
        return false;
      }
      main = command.substring(slash + 1);
    }
    for (String tool : TOOLS) {
      if (main.startsWith(tool)) {
        return !main.startsWith(SOURCE_LAUNCHER);
      }
    }
    return false;
  }
}
