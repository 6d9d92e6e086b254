package dev.hitless.it.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Replaces the root of a server's clients in stages. Whoever is legitimate in a stage and in the
 * one before must get in at every single try.
 */
final class StagedRotation {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MORE_TRIES = 10;

  private final Program client;
  private final int port;
  private final Roots roots;
  private final Supplier<String> log;

  StagedRotation(Program client, int port, Roots roots, Supplier<String> log) {
    this.client = client;
    this.port = port;
    this.roots = roots;
    this.log = log;
  }

  /** What writes the trusted roots of one stage. */
  interface Write {
    void roots(dev.hitless.it.cert.TestCa... trusted) throws Exception;
  }

  /** Old root → both → new root only. */
  void run(Write write) throws Exception {
    mustGetIn(oldClient());
    assertThat(nextClient()).as("the new root before it is trusted").startsWith("failed");

    write.roots(roots.old, roots.next);
    awaitThat("the new root is let in", () -> mustGetIn(oldClient()), () -> isIn(nextClient()));
    tryMore(() -> mustGetIn(oldClient()), () -> mustGetIn(nextClient()));

    write.roots(roots.next);
    awaitThat("the old root is shut out", () -> mustGetIn(nextClient()), () -> !isIn(oldClient()));
    tryMore(
        () -> mustGetIn(nextClient()),
        () -> assertThat(oldClient()).as("the old root after its end").startsWith("failed"));
  }

  private String oldClient() {
    return ask(roots.oldClient.toString());
  }

  private String nextClient() {
    return ask(roots.nextClient.toString());
  }

  private String ask(String keyStore) {
    try {
      return client.ask(port + " " + keyStore);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isIn(String answer) {
    return answer.equals("ok");
  }

  private void mustGetIn(String answer) {
    assertThat(answer)
        .as(() -> "a legitimate client; the server said:\n" + log.get())
        .isEqualTo("ok");
  }

  private void awaitThat(String what, Runnable always, java.util.function.BooleanSupplier sometime)
      throws InterruptedException {
    boolean came =
        Await.until(
            PATIENCE,
            () -> {
              always.run();
              return sometime.getAsBoolean();
            });
    assertThat(came).as(() -> what + "; the server said:\n" + log.get()).isTrue();
  }

  private static void tryMore(Runnable... tries) {
    for (int i = 0; i < MORE_TRIES; i++) {
      for (Runnable each : tries) {
        each.run();
      }
    }
  }
}
