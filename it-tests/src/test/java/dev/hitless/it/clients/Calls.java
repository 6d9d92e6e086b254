package dev.hitless.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.trust.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/** Has the program ask, and tells what the server has seen. No call may fail. */
final class Calls {
  private final Program program;
  private final Map<Library, Watch> watches;

  Calls(Program program, Map<Library, Watch> watches) {
    this.program = program;
    this.watches = watches;
  }

  /** On the connection that is kept. */
  Seen held(Library library) throws IOException, InterruptedException {
    return ask(library, "held");
  }

  /** On a new connection. */
  Seen fresh(Library library) throws IOException, InterruptedException {
    return ask(library, "fresh");
  }

  private Seen ask(Library library, String how) throws IOException, InterruptedException {
    Watch watch = watches.get(library);
    assertThat(program.ask(library + " " + watch.port() + " " + how))
        .as(() -> library + " " + how + " to " + watch + ": " + program.said())
        .isEqualTo("ok");
    return watch.next();
  }

  /** Asks until the new certificate is shown; nothing but the former one may be shown before. */
  void awaitFresh(Library library, String former, String next, Duration patience)
      throws InterruptedException {
    boolean came =
        Await.until(
            patience,
            () -> {
              try {
                String seen = fresh(library).fingerprint();
                assertThat(seen).isIn(former, next);
                return seen.equals(next);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(came).as(() -> library + " still shows the former: " + program.said()).isTrue();
  }
}
