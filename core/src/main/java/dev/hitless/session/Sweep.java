package dev.hitless.session;

import java.util.Collections;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/**
 * Ends sessions by public means: it invalidates those that a session context lists. What is not
 * listed, such as a ticket that holds a session whole, lives on.
 */
final class Sweep {
  private Sweep() {}

  /** Invalidates the sessions made up to a time in milliseconds; returns how many. */
  static int of(SSLSessionContext context, long at) {
    int ended = 0;
    for (byte[] id : Collections.list(context.getIds())) {
      SSLSession session = context.getSession(id);
      if (session != null && session.getCreationTime() <= at) {
        session.invalidate();
        ended++;
      }
    }
    return ended;
  }
}
