package dev.hitless.agent;

import java.lang.instrument.Instrumentation;

/** Where the JVM hands over: {@code -javaagent:hitless-agent.jar} or attaching to a running JVM. */
public final class HitlessAgent {
  private HitlessAgent() {}

  /** Called by the JVM before the application's main. */
  public static void premain(String arguments, Instrumentation instrumentation) {}
}
