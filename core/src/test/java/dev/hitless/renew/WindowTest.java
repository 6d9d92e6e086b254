package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Fingerprint;
import dev.hitless.testing.TestCa;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final TestCa CA = TestCa.create("Window CA");
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Fingerprint ANY =
      Fingerprint.ofBytes("any".getBytes(StandardCharsets.UTF_8));

  private static Lifetime lifetime(Duration length) {
    return Lifetime.of(leaf(START, START.plus(length)), START, START);
  }

  private static X509Certificate leaf(Instant notBefore, Instant notAfter) {
    return CA.issue("EC", notBefore, notAfter, "window.example.test").leaf();
  }

  private static Window window(double draw) {
    return new Window(Duration.ofDays(30), Duration.ofHours(1), f -> draw);
  }

  @Test
  void isWhatWasConfiguredForALongLifetime() {
    assertThat(window(0).length(lifetime(Duration.ofDays(365)))).isEqualTo(Duration.ofDays(30));
    assertThat(window(0).due(lifetime(Duration.ofDays(365)), ANY))
        .isEqualTo(START.plus(Duration.ofDays(335)));
  }

  @Test
  void isAThirdOfALifetimeThatIsTooShortForIt() {
    assertThat(window(0).length(lifetime(Duration.ofDays(45)))).isEqualTo(Duration.ofDays(15));
    assertThat(window(0).length(lifetime(Duration.ofDays(10))))
        .isEqualTo(Duration.ofDays(10).dividedBy(3));
  }

  @Test
  void isHalfOfALifetimeUnderTenDays() {
    assertThat(window(0).length(lifetime(Duration.ofDays(6)))).isEqualTo(Duration.ofDays(3));
    assertThat(window(0).length(lifetime(Duration.ofSeconds(30))))
        .isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void isNeverLongerThanConfigured() {
    Window hour = new Window(Duration.ofHours(1), Duration.ofHours(1), f -> 0);
    assertThat(hour.length(lifetime(Duration.ofDays(6)))).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void opensEarlierByATwentiethOfTheLifetimeAtMost() {
    Lifetime minute = lifetime(Duration.ofMinutes(1));
    assertThat(Duration.between(window(0.999999).due(minute, ANY), window(0).due(minute, ANY)))
        .isBetween(Duration.ofMillis(2990), Duration.ofSeconds(3));
  }

  @Test
  void opensEarlierByADayAtMost() {
    Lifetime year = lifetime(Duration.ofDays(365));
    assertThat(window(0.999999).due(year, ANY))
        .isBetween(START.plus(Duration.ofDays(334)), START.plus(Duration.ofDays(335)));
  }

  @Test
  void drawsTheSameForACertificateAlwaysAndSpreadsDifferentOnes() {
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      Fingerprint one = Fingerprint.ofBytes(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
      double drawn = Window.byFingerprint(one);
      assertThat(drawn).isGreaterThanOrEqualTo(0).isLessThan(1);
      assertThat(Window.byFingerprint(Fingerprint.parse(one.hex()))).isEqualTo(drawn);
      sum += drawn;
    }
    assertThat(sum / 1000).isBetween(0.45, 0.55);
  }

  @Test
  void looksEveryHourOrThirtyTimesInALifetime() {
    assertThat(window(0).checks(lifetime(Duration.ofDays(365)))).isEqualTo(Duration.ofHours(1));
    assertThat(window(0).checks(lifetime(Duration.ofHours(24)))).isEqualTo(Duration.ofMinutes(48));
    assertThat(window(0).checks(lifetime(Duration.ofSeconds(30)))).isEqualTo(Duration.ofSeconds(1));
    assertThat(window(0).checks(lifetime(Duration.ofMillis(500))))
        .isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void neverLooksMoreThanOnceAMinuteAtARealLifetime() {
    Window eager = new Window(Duration.ofDays(30), Duration.ofSeconds(1), f -> 0);
    assertThat(eager.checks(lifetime(Duration.ofDays(1)))).isEqualTo(Duration.ofMinutes(1));
    assertThat(eager.checks(lifetime(Duration.ofHours(1)))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void measuresABackDatedCertificateOfSecondsFromItsIssue() {
    X509Certificate leaf = leaf(START.minus(Duration.ofHours(1)), START.plusSeconds(30));
    Lifetime seen = Lifetime.of(leaf, START, null);
    assertThat(seen.length()).isEqualTo(Duration.ofSeconds(30));
    assertThat(window(0).due(seen, ANY)).isEqualTo(START.plusSeconds(15));
    assertThat(Lifetime.of(leaf, START.plusSeconds(10), null).length())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(Lifetime.of(leaf, START.plusSeconds(10), START).issued()).isEqualTo(START);
  }

  @Test
  void measuresACertificateOfAMinuteThatIsNotBackDatedFromItsBeginning() {
    X509Certificate leaf = leaf(START, START.plusSeconds(60));
    assertThat(Lifetime.of(leaf, START.plusSeconds(30), null).length())
        .isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void takesNoBackDatingForGrantedWhereItDoesNotMatter() {
    X509Certificate leaf = leaf(START, START.plus(Duration.ofDays(90)));
    assertThat(Lifetime.of(leaf, START.plus(Duration.ofDays(5)), null).issued()).isEqualTo(START);
  }

  @Test
  void believesARecordedIssueOnlyWithinTheValidity() {
    X509Certificate leaf = leaf(START, START.plus(Duration.ofDays(90)));
    Instant later = START.plus(Duration.ofDays(1));
    assertThat(Lifetime.of(leaf, later, later).issued()).isEqualTo(later);
    assertThat(Lifetime.of(leaf, later, START.minusSeconds(1)).issued()).isEqualTo(START);
    assertThat(Lifetime.of(leaf, later, START.plus(Duration.ofDays(91))).issued()).isEqualTo(START);
  }

  @Test
  void survivesACertificateThatEndsBeforeItBegins() {
    Lifetime odd = Lifetime.of(leaf(START, START.minusSeconds(60)), START, null);
    assertThat(odd.length()).isPositive();
    assertThat(window(0).due(odd, ANY)).isBefore(START);
    assertThat(window(0).checks(odd)).isPositive();
  }
}
