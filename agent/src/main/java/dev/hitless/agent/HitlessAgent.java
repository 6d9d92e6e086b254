package dev.hitless.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM hands over: {@code -javaagent:hitless-agent.jar} or attaching to a running JVM.
 *
 * <p>Does almost nothing: looks at the kill switch, stands aside in JDK tools, refuses a second
 * start, and starts what lies inside. Whatever fails, the application runs as it would without it.
 */
public final class HitlessAgent {
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
    "sun.rmi.registry.",
    "sun.jvm.hotspot."
  };

  private HitlessAgent() {}

  /**
   * Called by the JVM before the application's main.
   *
   * @param arguments what follows {@code =} in the flag, or null
   */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation);
  }

  /** Called by the JVM when the agent is attached to it while it runs. */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    start(arguments, instrumentation);
  }

  private static void start(@Nullable String arguments, Instrumentation instrumentation) {
    try {
      if (isOff(arguments) || inTool()) {
        return;
      }
      synchronized (HitlessAgent.class) {
        if (System.getProperty(STARTED) != null) {
          warn(
              "is started already in this JVM; this second start does nothing. Remove one of the flags.");
          return;
        }
        System.setProperty(STARTED, "true");
      }
      File jar =
          new File(HitlessAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      ClassLoader inside = new InsideLoader(jar);
      inside
          .loadClass("dev.hitless.agent.inside.Start")
          .getMethod("start", String.class, Instrumentation.class, File.class)
          .invoke(null, arguments, instrumentation, jar);
    } catch (InvocationTargetException e) {
      failed(e.getCause() == null ? e : e.getCause());
    } catch (Throwable t) {
      failed(t);
    }
  }

  private static boolean isOff(@Nullable String arguments) {
    String property = System.getProperty("hitless.enabled");
    return "false".equalsIgnoreCase(property)
        || (property == null
            && arguments != null
            && (',' + arguments.replace(" ", "").toLowerCase(Locale.ROOT) + ',')
                .matches(".*,(hitless\\.)?enabled=false,.*"));
  }

  private static boolean inTool() {
    String command = System.getProperty("sun.java.command", "");
    String main =
        (command.startsWith("jdk.") || command.startsWith("java.")) && command.indexOf('/') > 0
            ? command.substring(command.indexOf('/') + 1)
            : command;
    for (String tool : TOOLS) {
      if (main.startsWith(tool)) {
        return true;
      }
    }
    return false;
  }

  private static void failed(Throwable t) {
    warn("could not start and stands aside; the application runs as without it. Cause: " + t);
  }

  private static void warn(String text) {
    System.err.println("hitless WARN: " + text);
  }
}
