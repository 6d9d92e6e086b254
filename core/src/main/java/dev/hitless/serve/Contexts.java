package dev.hitless.serve;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** The contexts that a manager was given to, as long as the application uses them. Thread-safe. */
final class Contexts {
  private final List<WeakReference<SSLContext>> contexts = new CopyOnWriteArrayList<>();

  /** Adds a context; returns whether it was not known. */
  boolean add(SSLContext context) {
    return !live().contains(context) && contexts.add(new WeakReference<>(context));
  }

  /** Returns the contexts that are still in use; a new list. */
  List<SSLContext> live() {
    List<SSLContext> live = new ArrayList<>();
    for (WeakReference<SSLContext> known : contexts) {
      SSLContext context = known.get();
      if (context != null) {
        live.add(context);
      }
    }
    if (live.size() < contexts.size()) {
      contexts.removeIf(known -> known.get() == null);
    }
    return live;
  }
}
