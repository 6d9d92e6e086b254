package dev.hitless.it;

import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.server.Server;

/**
 * One result: a server on a JDK whose files were replaced in one way.
 *
 * @param millis from the change to the end of the first handshake with the last of the new
 *     certificates
 * @param failure what went wrong; empty if nothing did
 */
record Row(Server server, Jdk jdk, Way way, long millis, String failure) {

  static Row passed(Server server, Jdk jdk, Way way, long millis) {
    return new Row(server, jdk, way, millis, "");
  }

  static Row failed(Server server, Jdk jdk, Way way, String failure) {
    return new Row(server, jdk, way, -1, failure);
  }

  boolean passed() {
    return failure.isEmpty();
  }
}
