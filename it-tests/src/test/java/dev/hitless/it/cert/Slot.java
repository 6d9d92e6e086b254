package dev.hitless.it.cert;

import java.util.List;

/**
 * One place in a server's set-up that holds a certificate, and how a client asks for that one.
 *
 * @param name names the slot's files and its keystore alias
 * @param kind the kind of key in it
 * @param host the name that a client sends as SNI and verifies
 * @param ask which key a client accepts
 */
public record Slot(String name, KeyKind kind, String host, Ask ask) {

  /** The one certificate of a server that has no more. */
  public static final List<Slot> SINGLE = List.of(slot("server", KeyKind.RSA, "localhost"));

  /** The same, on an elliptic curve. */
  public static final List<Slot> SINGLE_EC = List.of(slot("server", KeyKind.EC, "localhost"));

  /** Two certificates for one name; the client's cipher suites choose between them. */
  public static final List<Slot> RSA_AND_EC =
      List.of(
          new Slot("rsa", KeyKind.RSA, "localhost", Ask.RSA),
          new Slot("ec", KeyKind.EC, "localhost", Ask.EC));

  /** Two host names; SNI chooses between them. */
  public static final List<Slot> SNI =
      List.of(slot("a", KeyKind.RSA, "a.example.test"), slot("b", KeyKind.RSA, "b.example.test"));

  private static Slot slot(String name, KeyKind kind, String host) {
    return new Slot(name, kind, host, Ask.ANY);
  }

  /** The names that a certificate in this slot is made for. */
  List<String> subjectNames() {
    return host.equals("localhost") ? List.of("localhost", "127.0.0.1") : List.of(host);
  }
}
