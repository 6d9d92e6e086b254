package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.material.Trust;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle on disk, followed as the hitless thread does it. */
class TrustJudgeTest {
  private static final TestCa CA = TestCa.create("one");
  private static final X509Certificate ONE = CA.certificate();
  private static final X509Certificate TWO = TestCa.create("two").certificate();
  private static final X509Certificate THREE = TestCa.create("three").certificate();

  @TempDir Path folder;
  private final List<Generation<Trust>> accepted = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final List<Identity> presented = new ArrayList<>();
  private Path bundle;
  private Follower<Trust> follower;
  private boolean strict;
  private long nanos;
  private int healed;

  private final class Told implements GenerationListener<Trust> {
    @Override
    public void accepted(Generation<Trust> generation) {
      accepted.add(generation);
    }

    @Override
    public void refused(Refusal refusal) {
      refused.add(refusal.reason());
    }

    @Override
    public void healed() {
      healed++;
    }
  }

  @BeforeEach
  void followsABundle() throws Exception {
    bundle = folder.resolve("bundle.pem");
    write(ONE, TWO);
    follow(Location.pem(Collections.singletonList(bundle), Collections.emptyList()));
  }

  private void follow(Location location) throws Exception {
    FoundTrust found = FoundTrust.read(new TrustFiles(location));
    follower =
        new Follower<>(
            found.origin(),
            found.trust(),
            found.digest(),
            new TrustJudge(strict, found.origin().tellsWhole(), () -> presented),
            Clock.systemUTC(),
            new Told());
  }

  private void write(X509Certificate... certificates) throws IOException {
    Files.write(bundle, Pems.bytes(Pems.certificates(certificates)));
  }

  private void look() {
    follower.check(nanos);
  }

  private void lookAfterASecond() {
    nanos += TimeUnit.SECONDS.toNanos(1);
    look();
  }

  private void assertTrusted(X509Certificate... certificates) {
    assertThat(follower.generation().material()).isEqualTo(Trust.of(Arrays.asList(certificates)));
  }

  @Test
  void servesALargerSetAtOnce() throws IOException {
    write(ONE, TWO, THREE);
    look();
    assertTrusted(ONE, TWO, THREE);
    assertThat(accepted).singleElement().satisfies(g -> assertThat(g.number()).isEqualTo(2));
    assertThat(accepted.get(0).warnings()).isEmpty();
  }

  @Test
  void servesASmallerSetOnceItHasLasted() throws IOException {
    write(TWO);
    look();
    assertTrusted(ONE, TWO);
    lookAfterASecond();
    assertTrusted(TWO);
    assertThat(accepted.get(0).warnings()).isEmpty();
    assertThat(refused).isEmpty();
  }

  @Test
  void neverServesTheFirstPartOfABundleThatIsBeingRewritten() throws IOException {
    byte[] whole = Pems.bytes(Pems.certificates(THREE, TWO, ONE));
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(bundle, Arrays.copyOf(whole, length));
      look();
      nanos += TimeUnit.MILLISECONDS.toNanos(10);
      assertTrusted(ONE, TWO);
    }
    Files.write(bundle, whole);
    look();
    assertTrusted(ONE, TWO, THREE);
    assertThat(accepted).hasSize(1);
    assertThat(refused).isEmpty();
  }

  @Test
  void refusesWhatHoldsNoCertificate() throws IOException {
    for (String text : new String[] {"", "# nothing", "-----BEGIN CERTIFICATE-----\nMII"}) {
      Files.write(bundle, Pems.bytes(text));
      look();
      lookAfterASecond();
    }
    Files.write(bundle, Pems.bytes(Pems.key(CA.issue("EC", "a.example"))));
    look();
    lookAfterASecond();
    assertThat(refused).hasSize(4).allMatch(r -> r.contains("what was trusted before stays"));
    assertTrusted(ONE, TWO);
    write(TWO, ONE);
    look();
    assertThat(healed).isEqualTo(1);
    assertThat(accepted).isEmpty();
  }

  @Test
  void keepsWhatIsTrustedWhileTheFileIsMissing() throws IOException {
    Files.delete(bundle);
    look();
    lookAfterASecond();
    lookAfterASecond();
    assertThat(refused).singleElement().asString().contains("does not exist");
    write(ONE, TWO, THREE);
    look();
    assertTrusted(ONE, TWO, THREE);
  }

  @Test
  void anotherOrderAndRemarksAreNoRotation() throws IOException {
    Files.write(bundle, Pems.bytes("# a remark\n" + Pems.certificates(TWO, ONE, TWO)));
    look();
    assertThat(accepted).isEmpty();
    assertThat(follower.summary().refusal()).isNull();
  }

  @Test
  void refusesAKeyStoreOfAnotherPasswordAndServesASmallerOneAtOnce() throws Exception {
    Path store = folder.resolve("trust.jks");
    Files.write(store, KeyStores.bytes(KeyStores.trusting("JKS", ONE, TWO), "changeit"));
    follow(
        Location.keyStore(store, "JKS", null, "changeit".toCharArray(), Collections.emptyList()));
    Files.write(store, KeyStores.bytes(KeyStores.trusting("JKS", THREE), "another"));
    look();
    lookAfterASecond();
    assertThat(refused).singleElement().asString().contains("password").doesNotContain("changeit");
    byte[] whole = KeyStores.bytes(KeyStores.trusting("JKS", TWO), "changeit");
    Files.write(store, Arrays.copyOf(whole, whole.length - 7));
    look();
    assertTrusted(ONE, TWO);
    Files.write(store, whole);
    look();
    assertTrusted(TWO);
  }

  @Test
  void warnsWhenTheOwnCertificateNoLongerVerifies() throws IOException {
    presented.add(CA.intermediate("middle").issue("EC", "a.example"));
    presented.add(TestCa.create("never trusted here").issue("EC", "b.example"));
    write(TWO);
    look();
    lookAfterASecond();
    assertTrusted(TWO);
    assertThat(accepted.get(0).warnings())
        .singleElement()
        .asString()
        .contains("no longer verifies", "a.example")
        .doesNotContain("b.example");
  }

  @Test
  void strictRefusesASetUnderWhichTheOwnCertificateNoLongerVerifies() throws Exception {
    strict = true;
    followsABundle();
    presented.add(CA.issue("EC", "a.example"));
    write(TWO);
    look();
    lookAfterASecond();
    lookAfterASecond();
    assertTrusted(ONE, TWO);
    assertThat(refused).singleElement().asString().contains("a.example", "stays trusted");
    presented.clear();
    lookAfterASecond();
    assertTrusted(TWO);
  }

  @Test
  void warnsOfExpiredCertificatesThatCome() throws IOException {
    Instant past = Instant.now().minusSeconds(86_400);
    X509Certificate expired = CA.issue("EC", past.minusSeconds(86_400), past, "old.example").leaf();
    write(ONE, TWO, expired);
    look();
    assertTrusted(ONE, TWO, expired);
    assertThat(accepted.get(0).warnings()).singleElement().asString().contains("expired");
    write(ONE, TWO, expired, THREE);
    look();
    assertThat(accepted.get(1).warnings()).isEmpty();
  }
}
