package dev.hitless.serve;

import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The contexts that a manager was given to, as long as the application uses them. One more costs
 * the same however many there are: an application may make them by the thousand. Thread-safe.
 */
final class Contexts {
  private final WeakIdentityMap<SSLContext, Boolean> contexts = new WeakIdentityMap<>();

  /** Adds a context; returns whether it was not known. */
  boolean add(SSLContext context) {
    if (contexts.get(context) != null) {
      return false;
    }
    contexts.put(context, true);
    return true;
  }

  /** Returns the contexts that are still in use, in no order; a new list. */
  List<SSLContext> live() {
    return contexts.keys();
  }
}
