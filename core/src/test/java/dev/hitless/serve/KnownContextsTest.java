package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

final class KnownContextsTest {
  private static final int MANY = 5_000;

  private final KnownContexts known = new KnownContexts();

  private static SSLContext context() throws Exception {
    return SSLContext.getInstance("TLS");
  }

  private static List<SSLContext> contexts(int count) throws Exception {
    List<SSLContext> contexts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      contexts.add(context());
    }
    return contexts;
  }

  private Set<SSLContext> all() {
    return known.by(EnumSet.allOf(ContextTrust.class));
  }

  @Test
  void findsContextsByWhatTheyTrustBy() throws Exception {
    SSLContext rotating = context();
    SSLContext standard = context();
    known.note(rotating, ContextTrust.ROTATING);
    known.note(standard, ContextTrust.ROTATING);
    known.note(standard, ContextTrust.STANDARD);

    assertThat(known.by(EnumSet.of(ContextTrust.STANDARD))).containsExactly(standard);
    assertThat(known.by(EnumSet.of(ContextTrust.FOREIGN))).isEmpty();
    assertThat(all()).containsExactlyInAnyOrder(rotating, standard);
  }

  @Test
  void aContextThatIsInitialisedAgainCountsForBoth() throws Exception {
    SSLContext context = context();
    known.note(context, ContextTrust.STANDARD);
    known.note(context, ContextTrust.FOREIGN);
    known.note(context, ContextTrust.ROTATING);

    assertThat(known.by(EnumSet.of(ContextTrust.STANDARD))).containsExactly(context);
    assertThat(known.by(EnumSet.of(ContextTrust.FOREIGN))).containsExactly(context);
    assertThat(all()).hasSize(1);
  }

  @Test
  void findsThoseThatThreadsNoteAtTheSameTime() throws Exception {
    int threads = 4;
    List<SSLContext> contexts = contexts(MANY);
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      List<SSLContext> own = contexts.subList(i * MANY / threads, (i + 1) * MANY / threads);
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
                own.forEach(each -> known.note(each, ContextTrust.FOREIGN));
              });
      all.add(thread);
      thread.start();
    }
    for (Thread each : all) {
      each.join();
    }

    assertThat(known.by(EnumSet.of(ContextTrust.FOREIGN)))
        .containsExactlyInAnyOrderElementsOf(contexts);
  }

  @Test
  void forgetsThoseThatAreDropped() throws Exception {
    SSLContext kept = context();
    known.note(kept, ContextTrust.FOREIGN);
    contexts(MANY).forEach(each -> known.note(each, ContextTrust.FOREIGN));
    int many = known.chunks();
    Garbage.collectUntil(() -> all().size() == 1);

    // What comes later pays for it, little by little.
    for (int i = 0; i < MANY; i++) {
      known.note(kept, i % 2 == 0 ? ContextTrust.STANDARD : ContextTrust.FOREIGN);
    }

    assertThat(many).isGreaterThan(15);
    assertThat(known.chunks()).isLessThan(many + 5);
    assertThat(all()).isEqualTo(Collections.singleton(kept));
  }

  @Test
  void doesNotGrowWithContextsThatAreInitialisedAgainAndAgain() throws Exception {
    List<SSLContext> two = contexts(2);
    for (int i = 0; i < MANY; i++) {
      known.note(two.get(i % 2), ContextTrust.FOREIGN);
    }
    int many = known.chunks();
    Garbage.collectUntil(
        () -> {
          for (int i = 0; i < MANY / 2; i++) {
            known.note(two.get(i % 2), ContextTrust.FOREIGN);
          }
          return known.chunks() < many;
        });

    assertThat(known.chunks()).isLessThan(many);
    assertThat(all()).containsExactlyInAnyOrderElementsOf(two);
  }
}
