package dev.hitless.it.server;

import java.io.IOException;
import java.util.List;

/** How one set-up of a server is configured and started. */
interface Launcher {

  /**
   * Writes the server's configuration into its place.
   *
   * @return the arguments of {@code java}, from the server's own options to its main class and what
   *     follows
   */
  List<String> configure(Place place) throws IOException;

  /**
   * What the server prints when it is ready, where its port answers before and a connection that
   * comes too early does harm. Empty: it may be asked from its first moment on.
   */
  default String ready() {
    return "";
  }
}
