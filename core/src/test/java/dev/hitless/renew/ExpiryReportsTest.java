package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryReportsTest {
  private final ManualClock clock = new ManualClock(World.START);
  private final List<ExpiryStage> stages = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private Instant recorded;
  private final ExpiryReports reports =
      new ExpiryReports(
          new Window(Duration.ofDays(30), Duration.ofHours(1), f -> 0),
          clock,
          (stage, line) -> {
            stages.add(stage);
            lines.add(line);
          });

  private static Identity year() {
    return World.issue(World.START, World.START.plus(Duration.ofDays(365)));
  }

  private void lookFor(Duration time, Identity identity, boolean renewed) {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; ) {
      Duration next = reports.look(identity, "cert.pem", () -> recorded, renewed);
      clock.advance(next);
      passed = passed.plus(next);
    }
  }

  @Test
  void saysEachStageOncePerCertificateAndGoesOnAfterTheExpiry() {
    lookFor(Duration.ofDays(400), year(), false);
    assertThat(stages)
        .containsExactly(ExpiryStage.OPEN, ExpiryStage.NEAR, ExpiryStage.LAST, ExpiryStage.EXPIRED);
    assertThat(lines)
        .allMatch(l -> l.contains("www.example.test") && l.contains("hitless.renew.issuer"));
    assertThat(lines.get(0)).contains("for another 30 days").contains("cert.pem");
    assertThat(lines.get(3)).startsWith("expired");
  }

  @Test
  void saysTheGravestOnlyToOneWhoStartsLate() {
    clock.advance(Duration.ofDays(380));
    lookFor(Duration.ofDays(2), year(), false);
    assertThat(stages).containsExactly(ExpiryStage.EXPIRED);
  }

  @Test
  void saysOfWhatIsRenewedNothingUntilItIsLate() {
    lookFor(Duration.ofDays(400), year(), true);
    assertThat(stages).containsExactly(ExpiryStage.NEAR, ExpiryStage.LAST, ExpiryStage.EXPIRED);
    assertThat(lines).noneMatch(l -> l.contains("nothing renews it"));
  }

  @Test
  void measuresBackDatedSecondsFromWhenTheyWereIssued() {
    Identity minute = World.issue(World.START.minusSeconds(600), World.START.plusSeconds(60));
    recorded = World.START;
    lookFor(Duration.ofSeconds(30), minute, true);
    assertThat(stages).isEmpty();
    lookFor(Duration.ofSeconds(31), minute, true);
    assertThat(stages).containsExactly(ExpiryStage.NEAR, ExpiryStage.LAST, ExpiryStage.EXPIRED);
    assertThat(lines.get(0)).contains("for another 6 seconds");
  }

  @Test
  void looksUpOnceMoreWhatWasNotRecordedYet() {
    Identity minute = World.issue(World.START.minusSeconds(30), World.START.plusSeconds(60));
    lookFor(Duration.ofSeconds(10), minute, true);
    recorded = World.START;
    lookFor(Duration.ofSeconds(40), minute, true);
    assertThat(stages).isEmpty();
  }

  @Test
  void saysItAgainOfAnotherCertificateOnly() {
    Identity one = year();
    Identity two = year();
    clock.advance(Duration.ofDays(340));
    lookFor(Duration.ofHours(3), one, false);
    lookFor(Duration.ofHours(3), two, false);
    reports.retain(Arrays.asList(one.fingerprint(), two.fingerprint()));
    lookFor(Duration.ofHours(3), one, false);
    assertThat(stages).containsExactly(ExpiryStage.OPEN, ExpiryStage.OPEN);
    reports.retain(Collections.singleton(two.fingerprint()));
    lookFor(Duration.ofHours(1), two, false);
    assertThat(stages).hasSize(2);
  }
}
