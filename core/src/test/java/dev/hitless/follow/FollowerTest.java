package dev.hitless.follow;

import static dev.hitless.follow.Pki.NOW;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {
  private static final Pki ROOT = Pki.root("Root");
  private static final Pki CA = ROOT.intermediate("Intermediate");
  private static final Identity A = CA.leaf("a.example").identity();
  private static final Identity B = CA.leaf("a.example").identity();

  private final Recorder told = new Recorder();
  private final ManualClock clock = new ManualClock(NOW);
  private long nanos;
  @TempDir Path directory;
  private Path store;
  private Follower<Map<String, Identity>> follower;

  @BeforeEach
  void followA() throws IOException {
    store = directory.resolve("store");
    write(A);
    follower = follow(one(A), Fingerprint.ofBytes(Files.readAllBytes(store)));
  }

  private Follower<Map<String, Identity>> follow(Map<String, Identity> served, Fingerprint digest) {
    return new Follower<>(
        new ToyOrigin(store), served, digest, new IdentityJudge(new Gate(false)), clock, told);
  }

  private static Map<String, Identity> one(Identity identity) {
    return Collections.singletonMap("x", identity);
  }

  private static Map<String, Identity> two(Identity x, Identity y) {
    Map<String, Identity> two = new LinkedHashMap<>();
    two.put("x", x);
    two.put("y", y);
    return two;
  }

  private void write(Identity identity) throws IOException {
    Files.write(store, ToyOrigin.store(one(identity)));
  }

  private void truncate(int length) throws IOException {
    Files.write(store, Arrays.copyOf(Files.readAllBytes(store), length));
  }

  private long check() {
    return follower.check(nanos);
  }

  private long checkAfterSeconds(long seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
    return check();
  }

  @Test
  void servesAChangedFileAtTheFirstLook() throws IOException {
    write(B);
    check();
    Generation<Map<String, Identity>> generation = told.awaitGeneration(2, B);
    assertThat(generation.changed()).isEqualTo(NOW);
    assertThat(generation.warnings()).isEmpty();
    assertThat(follower.generation()).isSameAs(generation);
  }

  @Test
  void servesTheFirstContentAgainWhenItComesBack() throws IOException {
    write(B);
    check();
    write(A);
    check();
    told.awaitGeneration(2, B);
    told.awaitGeneration(3, A);
  }

  @Test
  void noticesAChangeThatKeepsLengthAndTime() throws IOException {
    FileTime time = Files.getLastModifiedTime(store);
    write(B);
    Files.setLastModifiedTime(store, time);
    check();
    told.awaitGeneration(2, B);
  }

  @Test
  void saysNothingOfAFileThatIsTouched() throws IOException {
    Files.setLastModifiedTime(store, FileTime.from(NOW));
    assertThat(check()).isEqualTo(Long.MAX_VALUE);
    told.assertNothingTold();
  }

  @Test
  void saysNothingOfOtherBytesForTheSameIdentity() throws IOException {
    String text = new String(Files.readAllBytes(store), US_ASCII);
    Files.write(store, ("# a remark\n" + text).getBytes(US_ASCII));
    check();
    told.assertNothingTold();
    assertThat(follower.summary().refusal()).isNull();
  }

  @Test
  void looksAtOnceWhenTheContentThatIsServedIsUnknown() throws IOException {
    write(B);
    follower = follow(one(A), null);
    check();
    told.awaitGeneration(2, B);
  }

  @Test
  void noticesAChangeBetweenTheLoadOfTheServerAndTheFirstLook() throws IOException {
    Fingerprint loaded = Fingerprint.ofBytes(Files.readAllBytes(store));
    write(B);
    follower = follow(one(A), loaded);
    check();
    told.awaitGeneration(2, B);
  }

  @Test
  void keepsQuietAboutTheMiddleOfARewrite() throws IOException {
    byte[] whole = ToyOrigin.store(one(B));
    for (int length = 0; length < whole.length; length += whole.length / 7) {
      Files.write(store, Arrays.copyOf(whole, length));
      assertThat(check()).isEqualTo(Follower.SETTLE_NANOS);
    }
    told.assertNothingTold();
    Files.write(store, whole);
    check();
    told.awaitGeneration(2, B);
  }

  @Test
  void tellsOncePerCauseWhatLasts() throws IOException {
    truncate(10);
    check();
    told.assertNothingTold();
    assertThat(follower.summary().refusal()).isNotNull();
    checkAfterSeconds(1);
    checkAfterSeconds(5);
    Refusal refusal = told.awaitRefusal();
    assertThat(refusal.reason()).contains("truncated", "stays", "mend");
    assertThat(refusal.since()).isEqualTo(NOW);
    told.assertNothingTold();
    assertThat(follower.summary().lastRefusal()).isSameAs(refusal);
  }

  @Test
  void tellsAnotherCauseToo() throws IOException {
    truncate(10);
    check();
    checkAfterSeconds(1);
    Files.delete(store);
    check();
    checkAfterSeconds(1);
    assertThat(told.awaitRefusal().reason()).contains("truncated");
    assertThat(told.awaitRefusal().reason()).contains("cannot read store");
    truncateAgain();
    checkAfterSeconds(1);
    checkAfterSeconds(1);
    told.assertNothingTold();
  }

  private void truncateAgain() throws IOException {
    write(A);
    truncate(10);
  }

  @Test
  void healsWithTheServedContent() throws IOException {
    truncate(10);
    check();
    checkAfterSeconds(1);
    told.awaitRefusal();
    write(A);
    check();
    told.awaitHealed();
    assertThat(follower.summary().refusal()).isNull();
    assertThat(follower.summary().lastRefusal()).isNotNull();
    assertThat(follower.generation().number()).isEqualTo(1);
  }

  @Test
  void healsWithANewGenerationAndSaysOnlyThat() throws IOException {
    truncate(10);
    check();
    checkAfterSeconds(1);
    told.awaitRefusal();
    write(B);
    check();
    told.awaitGeneration(2, B);
    told.assertNothingTold();
  }

  @Test
  void forgetsADoubtThatNobodyHeardOf() throws IOException {
    truncate(10);
    check();
    write(A);
    check();
    told.assertNothingTold();
  }

  @Test
  void keepsWhatIsServedWhileTheFileIsMissing() throws IOException {
    Files.delete(store);
    check();
    checkAfterSeconds(1);
    assertThat(told.awaitRefusal().reason()).contains("cannot read store");
    write(B);
    check();
    told.awaitGeneration(2, B);
  }

  @Test
  void judgesARefusedCandidateAgainAsTimeGoesBy() throws IOException {
    Identity tomorrow = CA.leaf("a.example").notYetValid().identity();
    write(tomorrow);
    check();
    checkAfterSeconds(1);
    assertThat(told.awaitRefusal().reason()).contains("not valid before 2026-06-02");
    clock.advance(Duration.ofDays(1));
    checkAfterSeconds(5);
    told.awaitGeneration(2, tomorrow);
  }

  @Test
  void servesAHeldCandidateOnceItHasLasted() throws IOException {
    Identity alone = ROOT.leaf("a.example").identity(Collections.emptyList());
    write(alone);
    assertThat(check()).isEqualTo(Follower.SETTLE_NANOS);
    told.assertNothingTold();
    checkAfterSeconds(1);
    assertThat(told.awaitGeneration(2, alone).warnings()).hasSize(1);
    assertThat(checkAfterSeconds(1)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void dropsAHeldCandidateThatWasTheMiddleOfARewrite() throws IOException {
    Pki other = ROOT.intermediate("Other");
    Identity whole = other.leaf("a.example").identity();
    write(Pki.alone(whole));
    check();
    write(whole);
    check();
    told.awaitGeneration(2, whole);
    checkAfterSeconds(1);
    told.assertNothingTold();
  }

  @Test
  void servesWhatIsGoodOfAFileThatIsBadInPart() throws IOException {
    Identity y = CA.leaf("y.example").identity();
    Files.write(store, ToyOrigin.store(two(A, y)));
    follower = follow(two(A, y), null);
    Identity expired = CA.leaf("y.example").expired().identity();
    Files.write(store, ToyOrigin.store(two(B, expired)));
    check();
    checkAfterSeconds(1);
    assertThat(follower.generation().material()).isEqualTo(two(B, y));
    assertThat(follower.generation().number()).isEqualTo(2);
    assertThat(follower.summary().refusal().reason()).startsWith("y: The new certificate expired");
  }

  @Test
  void keepsAnIdentityThatTheFileNoLongerHas() throws IOException {
    Identity y = CA.leaf("y.example").identity();
    follower = follow(two(A, y), null);
    write(B);
    check();
    assertThat(follower.generation().material()).isEqualTo(two(B, y));
    assertThat(follower.summary().refusal().reason()).contains("follows the one of y", "stays");
  }

  @Test
  void followsOneMoreIdentityOfTheSameFile() throws IOException {
    Identity y = CA.leaf("y.example").identity();
    Identity next = CA.leaf("y.example").identity();
    follower.widen(two(A, y));
    Files.write(store, ToyOrigin.store(two(A, next)));
    check();
    assertThat(follower.generation().material()).isEqualTo(two(A, next));
  }

  @Test
  void triesAgainWhatAListenerThrewAt() throws IOException {
    boolean[] thrown = {false};
    GenerationListener<Map<String, Identity>> clumsy =
        new GenerationListener<Map<String, Identity>>() {
          @Override
          public void accepted(Generation<Map<String, Identity>> generation) {
            if (!thrown[0]) {
              thrown[0] = true;
              throw new IllegalStateException("the first time");
            }
            told.accepted(generation);
          }

          @Override
          public void refused(Refusal refusal) {}

          @Override
          public void healed() {}
        };
    write(B);
    follower =
        new Follower<>(
            new ToyOrigin(store), one(A), null, new IdentityJudge(new Gate(false)), clock, clumsy);
    assertThatThrownBy(this::check).hasMessage("the first time");
    assertThat(follower.generation().number()).isEqualTo(1);
    check();
    told.awaitGeneration(2, B);
  }

  @Test
  void takesAParserThatFailsForADamagedFile() throws IOException {
    Files.write(store, "cert x\nend\n".getBytes(US_ASCII));
    check();
    assertThat(follower.summary().refusal().reason()).contains("is damaged");
  }
}
