package dev.hitless.agent;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM hands over: {@code -javaagent:hitless-agent.jar} or attaching to a running JVM.
 *
 * <p>Only finds the jar and hands on to {@link Launch}. Whatever fails, the application runs as it
 * would without it.
 */
public final class HitlessAgent {
  private HitlessAgent() {}

  /**
   * Called by the JVM before the application's main.
   *
   * @param arguments what follows {@code =} in the flag, or null
   */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, false);
  }

  /**
   * Called by the JVM when the agent is attached to it while it runs. Returns once the hooks are
   * there, so that whoever attached it may count on them.
   */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation, true);
  }

  private static void start(
      @Nullable String arguments, Instrumentation instrumentation, boolean running) {
    try {
      File jar;
      if (System.getSecurityManager() == null) {
        jar =
            new File(
                HitlessAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      } else {
        jar = jarInSandbox();
        // The policy rarely knows this jar. What the bootstrap loader defines needs no grant, and
        // it is asked first for Launch, which nothing has loaded so far.
        instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
      }
      Launch.launch(arguments, instrumentation, jar, running);
    } catch (Throwable t) {
      standsAside(t);
    }
  }

  /** Says so on the error stream. */
  static void standsAside(Throwable cause) {
    System.err.println(
        "hitless WARN: could not start and stands aside; the application runs as without it."
            + " Cause: "
            + cause);
  }

  /** The jar as the class loader tells it to everybody: a protection domain needs a permission. */
  private static File jarInSandbox() throws IOException, URISyntaxException {
    URL own = HitlessAgent.class.getResource("HitlessAgent.class");
    String text = own == null ? "" : own.toString();
    int end = text.indexOf("!/");
    if (!text.startsWith("jar:") || end < 0) {
      throw new IOException("the agent's jar cannot be found under this SecurityManager");
    }
    return new File(new URI(text.substring("jar:".length(), end)));
  }
}
