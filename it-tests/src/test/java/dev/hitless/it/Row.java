package dev.hitless.it;

import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.server.Server;

/**
 * One result: a server on a JDK whose files were replaced in one way.
 *
 * @param cell what the table shows
 * @param failure what went wrong; empty if nothing did
 */
record Row(Server server, Jdk jdk, Way way, String cell, String failure) {

  static Row passed(Server server, Jdk jdk, Way way, String cell) {
    return new Row(server, jdk, way, cell, "");
  }

  static Row failed(Server server, Jdk jdk, Way way, String failure) {
    return new Row(server, jdk, way, "FAILED", failure);
  }

  boolean passed() {
    return failure.isEmpty();
  }
}
