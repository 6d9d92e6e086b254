package app;

/** The page of a server under two names: a pool keeps a connection for each of them. */
final class Pages {
  private final int port;

  Pages(int port) {
    this.port = port;
  }

  /** For the connection that is kept. */
  String held() {
    return "https://localhost:" + port + "/";
  }

  /** For those that are not. */
  String fresh() {
    return "https://127.0.0.1:" + port + "/";
  }
}
