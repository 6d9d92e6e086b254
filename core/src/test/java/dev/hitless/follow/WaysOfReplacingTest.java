package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way in which people and tools replace files, with events and without. */
class WaysOfReplacingTest {
  private static final Pki CA = Pki.root("Root").intermediate("Intermediate");
  private static final Identity A = CA.leaf("a.example").identity();
  private static final Identity B = CA.leaf("a.example").identity();
  private static final Identity C = CA.leaf("a.example").identity();

  private final Recorder told = new Recorder();
  @TempDir Path temporary;
  private RunningLoop running;
  private ToyOrigin origin;

  private void follow(Noticing noticing, Path... files) throws InterruptedException {
    running = new RunningLoop(noticing);
    origin = new ToyOrigin(files);
    running.follow(origin, A, told);
  }

  @AfterEach
  void endsWithoutFailure() throws InterruptedException {
    running.close();
    running.failures.removeIf(UnsupportedOperationException.class::isInstance);
    assertThat(running.failures).isEmpty();
    assertThat(origin.interrupted.get()).isZero();
    told.assertNothingTold();
  }

  private static byte[] store(Identity identity) {
    return ToyOrigin.store(Collections.singletonMap("x", identity));
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path written = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(written, content);
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void replaceLink(Path link, String target) throws IOException {
    Path made = link.resolveSibling(link.getFileName() + "_tmp");
    Files.createSymbolicLink(made, Paths.get(target));
    Files.move(made, link, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectories(temporary.resolve(name));
  }

  private Path directoryWithStore(String name, Identity identity) throws IOException {
    Path directory = directory(name);
    Files.write(directory.resolve("store"), store(identity));
    return directory;
  }

  private static void delete(Path directory) throws IOException {
    Files.delete(directory.resolve("store"));
    Files.delete(directory);
  }

  @ParameterizedTest
  @EnumSource
  void rewrittenInPlaceInPieces(Noticing noticing) throws Exception {
    Path store = directoryWithStore("etc", A).resolve("store");
    follow(noticing, store);
    byte[] whole = store(B);
    try (OutputStream out = Files.newOutputStream(store)) {
      for (byte one : whole) {
        out.write(one);
      }
    }
    told.awaitGeneration(2, B);
  }

  @ParameterizedTest
  @EnumSource
  void writtenBesideAndRenamed(Noticing noticing) throws Exception {
    Path store = directoryWithStore("etc", A).resolve("store");
    follow(noticing, store);
    replace(store, store(B));
    told.awaitGeneration(2, B);
    replace(store, store(C));
    told.awaitGeneration(3, C);
  }

  @ParameterizedTest
  @EnumSource
  void certificateRenamedBeforeKey(Noticing noticing) throws Exception {
    Path certificate = directory("etc").resolve("cert");
    Path key = directory("private").resolve("key");
    Files.write(certificate, ToyOrigin.certificates("x", A));
    Files.write(key, ToyOrigin.key("x", A));
    follow(noticing, certificate, key);
    origin.forgetReads();
    replace(certificate, ToyOrigin.certificates("x", B));
    origin.awaitRead();
    told.assertNothingTold();
    replace(key, ToyOrigin.key("x", B));
    told.awaitGeneration(2, B);
  }

  @ParameterizedTest
  @EnumSource
  void keyRenamedLongBeforeCertificate(Noticing noticing) throws Exception {
    Path certificate = directory("etc").resolve("cert");
    Path key = directory("private").resolve("key");
    Files.write(certificate, ToyOrigin.certificates("x", A));
    Files.write(key, ToyOrigin.key("x", A));
    follow(noticing, certificate, key);
    replace(key, ToyOrigin.key("x", B));
    assertThat(told.awaitRefusal().reason()).contains("key", "stays");
    replace(certificate, ToyOrigin.certificates("x", B));
    told.awaitGeneration(2, B);
  }

  @ParameterizedTest
  @EnumSource
  void symbolicLinkSwapped(Noticing noticing) throws Exception {
    directoryWithStore("1", A);
    Path second = directoryWithStore("2", B);
    Path link = directory("etc").resolve("store");
    Files.createSymbolicLink(link, Paths.get("../1/store"));
    follow(noticing, link);
    replaceLink(link, "../2/store");
    told.awaitGeneration(2, B);
    replace(second.resolve("store"), store(C));
    told.awaitGeneration(3, C);
  }

  @ParameterizedTest
  @EnumSource
  void symbolicLinkAboveSwapped(Noticing noticing) throws Exception {
    directoryWithStore("releases/1/etc", A);
    directoryWithStore("releases/2/etc", B);
    directoryWithStore("releases/3/etc", C);
    Path current = temporary.resolve("current");
    Files.createSymbolicLink(current, temporary.resolve("releases/1"));
    follow(noticing, current.resolve("etc/store"));
    replaceLink(current, temporary.resolve("releases/2").toString());
    told.awaitGeneration(2, B);
    replaceLink(current, "releases/3");
    told.awaitGeneration(3, C);
  }

  @ParameterizedTest
  @EnumSource
  void kubernetesSecretUpdatedAgainAndAgain(Noticing noticing) throws Exception {
    Path mount = directory("tls");
    Identity[] rounds = {A, B, C, A, B};
    secret(mount, 0, A);
    Files.createSymbolicLink(mount.resolve("..data"), Paths.get("..0"));
    Files.createSymbolicLink(mount.resolve("tls.crt"), Paths.get("..data/tls.crt"));
    Files.createSymbolicLink(mount.resolve("tls.key"), Paths.get("..data/tls.key"));
    follow(noticing, mount.resolve("tls.crt"), mount.resolve("tls.key"));
    for (int round = 1; round < rounds.length; round++) {
      secret(mount, round, rounds[round]);
      replaceLink(mount.resolve("..data"), ".." + round);
      Path old = mount.resolve(".." + (round - 1));
      Files.delete(old.resolve("tls.crt"));
      Files.delete(old.resolve("tls.key"));
      Files.delete(old);
      told.awaitGeneration(round + 1, rounds[round]);
    }
  }

  private static void secret(Path mount, int round, Identity identity) throws IOException {
    Path data = Files.createDirectory(mount.resolve(".." + round));
    Files.write(data.resolve("tls.crt"), ToyOrigin.certificates("x", identity));
    Files.write(data.resolve("tls.key"), ToyOrigin.key("x", identity));
  }

  @ParameterizedTest
  @EnumSource
  void directoryReplaced(Noticing noticing) throws Exception {
    Path etc = directoryWithStore("etc", A);
    Path next = directoryWithStore("etc.new", B);
    follow(noticing, etc.resolve("store"));
    Files.move(etc, temporary.resolve("etc.old"));
    Files.move(next, etc);
    told.awaitGeneration(2, B);
    replace(etc.resolve("store"), store(C));
    told.awaitGeneration(3, C);
  }

  @ParameterizedTest
  @EnumSource
  void fileDeletedAndCreatedAnew(Noticing noticing) throws Exception {
    Path store = directoryWithStore("etc", A).resolve("store");
    follow(noticing, store);
    origin.forgetReads();
    Files.delete(store);
    origin.awaitRead();
    Files.write(store, store(B));
    told.awaitGeneration(2, B);
  }

  @ParameterizedTest
  @EnumSource
  void directoriesDeletedAndCreatedAnew(Noticing noticing) throws Exception {
    Path outer = directory("srv/etc");
    Path etc = directoryWithStore("srv/etc/tls", A);
    follow(noticing, etc.resolve("store"));
    origin.forgetReads();
    delete(etc);
    Files.delete(outer);
    origin.awaitRead();
    directoryWithStore("srv/etc/tls", B);
    told.awaitGeneration(2, B);
    replace(etc.resolve("store"), store(C));
    told.awaitGeneration(3, C);
  }

  @ParameterizedTest
  @EnumSource
  void touchedWithoutChange(Noticing noticing) throws Exception {
    Path store = directoryWithStore("etc", A).resolve("store");
    follow(noticing, store);
    origin.forgetReads();
    Files.setLastModifiedTime(store, FileTime.from(Pki.NOW));
    origin.awaitRead();
    replace(store, store(A));
    told.assertNothingTold();
    replace(store, store(B));
    told.awaitGeneration(2, B);
  }

  @ParameterizedTest
  @EnumSource
  void changedBackToWhatItWas(Noticing noticing) throws Exception {
    Path store = directoryWithStore("etc", A).resolve("store");
    follow(noticing, store);
    replace(store, store(B));
    told.awaitGeneration(2, B);
    replace(store, store(A));
    told.awaitGeneration(3, A);
  }

  @ParameterizedTest
  @EnumSource
  void changedBeforeItWasWatched(Noticing noticing) throws Exception {
    Path store = directoryWithStore("etc", A).resolve("store");
    running = new RunningLoop(noticing);
    origin = new ToyOrigin(store);
    Follower<Map<String, Identity>> follower = RunningLoop.follower(origin, A, told);
    replace(store, store(B));
    running.loop.follow(follower);
    told.awaitGeneration(2, B);
  }
}
