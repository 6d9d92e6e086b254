package dev.hitless.it.session;

import java.util.List;

/**
 * A kind of connection.
 *
 * @param protocol as JSSE calls it
 * @param transport {@code socket} or {@code engine}
 */
record Kind(String protocol, String transport) {
  static final List<Kind> ALL =
      List.of(
          new Kind("TLSv1.2", "socket"),
          new Kind("TLSv1.2", "engine"),
          new Kind("TLSv1.3", "socket"),
          new Kind("TLSv1.3", "engine"));

  @Override
  public String toString() {
    return protocol + " " + transport;
  }
}
