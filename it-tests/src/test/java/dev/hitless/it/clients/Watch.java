package dev.hitless.it.clients;

import java.io.IOException;

/** A server that tells what it sees. */
interface Watch extends AutoCloseable {
  int port();

  /** Waits for the next request. */
  Seen next() throws IOException, InterruptedException;

  @Override
  void close() throws IOException, InterruptedException;
}
