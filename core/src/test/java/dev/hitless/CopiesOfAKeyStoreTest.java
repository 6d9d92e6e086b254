package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.report.IdentityStatus;
import dev.hitless.testing.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that opens a copy of its keystore too: the file that is renewed is the one followed. */
@Tag("logic")
class CopiesOfAKeyStoreTest extends RunningRotation {
  private final Identity first = identity("copied.example.test");
  private final Identity second = identity("copied.example.test");
  private final Identity third = identity("copied.example.test");

  @ParameterizedTest
  @CsvSource({
    "server.jks,server.jks.bak,true",
    "server.jks,server.jks.bak,false",
    "one.jks,another.jks,true",
    "one.jks,another.jks,false"
  })
  void followsTheFileThatWasReplacedBeforeItsCopyWasFound(
      String name, String copyName, boolean copyOpenedLast) throws Exception {
    Path real = write(name, first);
    Path copy = Files.copy(real, directory.resolve(copyName));
    start();
    KeyStore store = copyOpenedLast ? load(real) : load(copy);
    load(copyOpenedLast ? copy : real);
    write(name, second);
    SSLContext context = context(keyManagers(store));
    awaitPresented(context, second);
    write(name, third);
    awaitPresented(context, third);
    assertOnlyFollowed(real);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void followsWhicheverOfTwoEqualFilesIsReplacedAfterTheyWereFound(boolean copyOpenedLast)
      throws Exception {
    Path real = write("one.jks", first);
    Path copy = Files.copy(real, directory.resolve("another.jks"));
    start();
    KeyStore store = copyOpenedLast ? load(real) : load(copy);
    load(copyOpenedLast ? copy : real);
    SSLContext context = context(keyManagers(store));
    awaitFollowed();
    write("one.jks", second);
    awaitPresented(context, second);
    assertOnlyFollowed(real);
  }

  @Test
  void followsTheFileWhoseReplacementWasHalfDoneWhenTheCopyWasFound() throws Exception {
    Path real = write("half.jks", first);
    Path copy = Files.copy(real, directory.resolve("copy.jks"));
    start();
    KeyStore store = load(copy);
    load(real);
    Files.delete(real);
    SSLContext context = context(keyManagers(store));
    awaitFollowed();
    write("half.jks", second);
    awaitPresented(context, second);
  }

  @Test
  void goesBackToNoCertificateThatACopyKeeps() throws Exception {
    Path real = write("kept.jks", first);
    Path copy = Files.copy(real, directory.resolve("kept.jks.bak"));
    start();
    KeyStore store = load(real);
    load(copy);
    SSLContext context = context(keyManagers(store));
    awaitFollowed();
    write("kept.jks", second);
    awaitPresented(context, second);
    Path before = write("kept.before", second);
    write("kept.jks", third);
    awaitPresented(context, third);
    Files.move(before, copy, StandardCopyOption.REPLACE_EXISTING);
    rotateManyTimes(context);
    assertOnlyFollowed(real);
  }

  /** They take longer than it takes until something is made of the copy. */
  private void rotateManyTimes(SSLContext context) throws Exception {
    Identity last = third;
    for (int i = 0; i < 40; i++) {
      assertThat(presented(context, last)).isEqualTo(last.fingerprint());
      last = identity("copied.example.test");
      write("kept.jks", last);
      awaitPresented(context, last);
    }
  }

  @Test
  void leavesAnotherAuthoritysCertificateOfTheSameNamesAlone() throws Exception {
    Path real = write("public.jks", first);
    Path inner = write("inner.jks", inner(Instant.now()));
    start();
    KeyStore store = load(real);
    load(inner);
    write("inner.jks", inner(Instant.now().plus(Duration.ofMinutes(1))));
    SSLContext context = context(keyManagers(store));
    awaitFollowed();
    assertOnlyFollowed(real);
    write("public.jks", second);
    awaitPresented(context, second);
    assertOnlyFollowed(real);
  }

  @Test
  void leavesAnotherKeyStoreAloneThatWasMadeJustBeforeTheStart() throws Exception {
    Path real = write("server.jks", first);
    Path other = write("client.jks", second);
    long written = System.currentTimeMillis();
    await(() -> System.currentTimeMillis() > written + 100);
    start();
    KeyStore store = load(real);
    load(other);
    SSLContext context = context(keyManagers(store));
    awaitFollowed();
    long weighed = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (System.nanoTime() < weighed) {
      assertThat(presented(context, first)).isEqualTo(first.fingerprint());
    }
    write("server.jks", third);
    awaitPresented(context, third);
    assertOnlyFollowed(real);
  }

  private static Identity inner(Instant notBefore) {
    TestCa other = TestCa.create("Inner CA");
    Instant from = notBefore.minus(Duration.ofHours(1));
    return other.issue("EC", from, from.plus(Duration.ofDays(9)), "copied.example.test");
  }

  private void assertOnlyFollowed(Path file) {
    await(() -> rotation.status().getIdentities().size() == 1);
    IdentityStatus status = rotation.status().getIdentities().get(0);
    assertThat(status.getOrigin()).endsWith(file.toString());
  }
}
