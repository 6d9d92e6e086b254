package app;

import java.io.IOException;

/** One client that makes a new connection for each call. For one thread. */
interface Caller {
  /**
   * Connects, asks and reads the answer.
   *
   * @param resumable whether a later connection may resume the session
   * @return whether the handshake was a full one
   */
  boolean call(int port, boolean resumable) throws IOException, InterruptedException;
}
