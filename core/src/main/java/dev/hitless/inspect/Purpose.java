package dev.hitless.inspect;

/** What a leaf is judged for; decides which extended key usage it needs (RFC 5280, 4.2.1.12). */
public enum Purpose {
  /** To be presented by a TLS server. */
  SERVER("1.3.6.1.5.5.7.3.1", "servers"),
  /** To be presented by a TLS client. */
  CLIENT("1.3.6.1.5.5.7.3.2", "clients");

  static final String ANY_USAGE = "2.5.29.37.0";

  final String usage;
  final String plural;

  Purpose(String usage, String plural) {
    this.usage = usage;
    this.plural = plural;
  }
}
