package dev.hitless.material;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VerifiedTest {
  private static final Fingerprint A = Fingerprint.ofBytes("a".getBytes(StandardCharsets.US_ASCII));
  private static final Fingerprint B = Fingerprint.ofBytes("b".getBytes(StandardCharsets.US_ASCII));

  private final AtomicInteger checks = new AtomicInteger();
  private final Verified verified = new Verified();

  private boolean ask(Fingerprint about, boolean succeeds) {
    return verified.succeeds(
        about,
        () -> {
          checks.incrementAndGet();
          return succeeds;
        });
  }

  @Test
  void checksWhatSucceededOnce() {
    assertThat(ask(A, true)).isTrue();
    assertThat(ask(A, true)).isTrue();
    assertThat(checks).hasValue(1);
  }

  @Test
  void checksWhatFailedAgain() {
    assertThat(ask(A, false)).isFalse();
    assertThat(ask(A, false)).isFalse();
    assertThat(ask(A, true)).isTrue();
    assertThat(checks).hasValue(3);
  }

  @Test
  void takesNoneForAnother() {
    assertThat(ask(A, true)).isTrue();
    assertThat(ask(B, false)).isFalse();
  }
}
