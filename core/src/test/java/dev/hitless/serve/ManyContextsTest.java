package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hitless.testing.TestCa;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** One factory, of which an application makes contexts by the thousand. */
final class ManyContextsTest {
  private static final int MANY = 4_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static RotatingKeyManager manager() throws Exception {
    return SwappingServer.rotating(
            "SunX509",
            TestCa.create("many").issue("EC", "a.example"),
            SwappingServer.Setup.WRAPPED_UNSEEN)
        .managers()
        .get(0);
  }

  private static List<SSLContext> contexts(int count) throws Exception {
    List<SSLContext> contexts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      contexts.add(SSLContext.getInstance("TLS"));
    }
    return contexts;
  }

  private long bytesToAdd(RotatingKeyManager manager, List<SSLContext> contexts) {
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    contexts.forEach(manager::addContext);
    return threads.getThreadAllocatedBytes(thread) - before;
  }

  @Test
  void aFurtherContextCostsNoMoreThanTheFirst() throws Exception {
    RotatingKeyManager manager = manager();
    List<SSLContext> contexts = contexts(MANY);
    bytesToAdd(manager, contexts(1));
    long first = bytesToAdd(manager, contexts.subList(0, MANY / 10));
    bytesToAdd(manager, contexts.subList(MANY / 10, MANY * 9 / 10));
    long last = bytesToAdd(manager, contexts.subList(MANY * 9 / 10, MANY));
    assertThat(last).isLessThan(3 * first);
    assertThat(manager.contexts()).containsAll(contexts);
  }

  @Test
  void aContextCountsOnce() throws Exception {
    RotatingKeyManager manager = manager();
    int before = manager.contexts().size();
    SSLContext context = SSLContext.getInstance("TLS");
    manager.addContext(context);
    manager.addContext(context);
    assertThat(manager.contexts()).hasSize(before + 1).contains(context);
  }

  @Test
  void contextsThatAreDroppedAreFreed() throws Exception {
    RotatingKeyManager manager = manager();
    WeakReference<SSLContext> dropped = added(manager);
    for (int i = 0; i < 100 && dropped.get() != null; i++) {
      System.gc();
    }
    assertThat(dropped.get()).isNull();
  }

  private static WeakReference<SSLContext> added(RotatingKeyManager manager) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    manager.addContext(context);
    return new WeakReference<>(context);
  }
}
