package app;

/** Ends after as many milliseconds as it is told. */
public final class Brief {
  private Brief() {}

  public static void main(String[] arguments) throws InterruptedException {
    Thread.sleep(Long.parseLong(arguments[0]));
  }
}
