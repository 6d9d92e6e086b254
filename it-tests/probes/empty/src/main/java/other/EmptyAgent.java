package other;

import java.lang.instrument.Instrumentation;

/** What every agent costs, whatever it does. */
public final class EmptyAgent {
  private EmptyAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation) {}
}
