package dev.hitless.agent;

import java.io.File;
import java.lang.reflect.InvocationTargetException;

/**
 * Where {@code java -jar hitless-agent.jar} begins: hands over to the command line, which lies
 * inside.
 */
public final class HitlessMain {
  private static final int FAILED = 1;

  private HitlessMain() {}

  /** Ends the JVM with the command's exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    try {
      File jar =
          new File(HitlessMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      String version = HitlessMain.class.getPackage().getImplementationVersion();
      InsideLoader inside = new InsideLoader(jar);
      Thread.currentThread().setContextClassLoader(inside);
      return (Integer)
          inside
              .loadClass("dev.hitless.agent.inside.cli.Cli")
              .getMethod("run", String.class, String[].class)
              .invoke(null, version == null ? "unknown" : version, arguments);
    } catch (Exception | LinkageError e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      System.err.println("hitless: the jar is damaged, or this JVM cannot run it: " + cause);
      return FAILED;
    }
  }
}
