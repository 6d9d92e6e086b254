package dev.hitless.it.probe;

/** An agent that does nothing, which is what the start-up of any agent is compared with. */
public final class EmptyAgent {
  private EmptyAgent() {}

  /** Called by the JVM before the application's main. */
  public static void premain(String arguments) {}
}
