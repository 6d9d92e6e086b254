package demo;

/** What the terminal shows: an aligned timeline, in colours if it is one. */
final class Screen {
  static final String PLAIN = "0";
  static final String BOLD = "1";
  static final String DIM = "2";
  static final String GOOD = "32";
  static final String BAD = "31";

  private static final String ROW = "%8s  %-12s  %-16s  %15s  %14s  %s";

  private final boolean colour = Boolean.getBoolean("demo.colour");

  void heading() {
    say("");
    say(
        BOLD,
        row(
            "time",
            "certificate",
            "replaced by",
            "first handshake",
            "hitless proved",
            "open connection"));
  }

  static String row(String... cells) {
    return ROW.formatted((Object[]) cells);
  }

  void say(String line) {
    say(PLAIN, line);
  }

  void say(String style, String line) {
    boolean styled = colour && !style.equals(PLAIN);
    System.out.println(styled ? "\033[" + style + "m" + line + "\033[0m" : line);
  }

  /** One line of the summary. */
  void sum(String what, boolean good, String value) {
    say(good ? GOOD : BAD, "%s  %-21s %s".formatted(good ? "  " : "!!", what, value));
  }

  /** Returns the first digits of a fingerprint, enough to tell a few apart. */
  static String brief(String fingerprint) {
    return fingerprint.substring(0, 12);
  }
}
