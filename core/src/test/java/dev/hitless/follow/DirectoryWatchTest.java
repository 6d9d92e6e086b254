package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DirectoryWatchTest {
  private final List<String> failures = new ArrayList<>();
  private final DirectoryWatch<String> watch =
      new DirectoryWatch<>(Noticing.EVENTS.source(), (what, cause) -> failures.add(what));
  @TempDir Path temporary;
  private Path etc;

  @BeforeEach
  void makeDirectory() throws IOException {
    etc = Files.createDirectory(temporary.resolve("etc"));
  }

  @AfterEach
  void close() {
    watch.close();
    assertThat(failures).isEmpty();
  }

  private void watch(String subscriber, Path file) {
    watch.watch(subscriber, Collections.singleton(file));
  }

  /** Returns who is touched until all of those expected are. */
  private Set<String> awaitTouched(String... expected) throws InterruptedException {
    Set<String> touched = new HashSet<>();
    while (touched.size() < expected.length) {
      Set<String> more = watch.await(TimeUnit.SECONDS.toNanos(30));
      assertThat(more).as("in time").isNotEmpty();
      touched.addAll(more);
    }
    return touched;
  }

  @Test
  void tellsWhomAnEventConcernsAndNobodyElse() throws Exception {
    watch("a", etc.resolve("a"));
    watch("b", etc.resolve("b"));
    Files.createFile(etc.resolve("neither"));
    Files.createFile(etc.resolve("b"));
    Set<String> touched = new HashSet<>();
    while (!touched.contains("b")) {
      touched.addAll(watch.await(TimeUnit.SECONDS.toNanos(30)));
    }
    assertThat(touched).containsExactly("b");
  }

  @Test
  void tellsAllWhoShareAFile() throws Exception {
    watch("a", etc.resolve("file"));
    watch("b", etc.resolve("file"));
    Files.createFile(etc.resolve("file"));
    assertThat(awaitTouched("a", "b")).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void sharesDirectoriesAndDropsThemWithTheLast() {
    watch("a", etc.resolve("a"));
    int alone = watch.size();
    watch("b", etc.resolve("b"));
    assertThat(watch.size()).isEqualTo(alone);
    watch.forget("a");
    assertThat(watch.size()).isEqualTo(alone);
    watch.forget("b");
    assertThat(watch.size()).isZero();
  }

  @Test
  void dropsADirectoryThatALinkNoLongerLeadsTo() throws IOException {
    Path one = Files.createDirectory(temporary.resolve("1"));
    Path two = Files.createDirectory(temporary.resolve("2"));
    Files.createFile(one.resolve("file"));
    Files.createFile(two.resolve("file"));
    Path link = etc.resolve("link");
    Files.createSymbolicLink(link, one.resolve("file"));
    watch("a", link);
    int before = watch.size();
    Files.delete(link);
    Files.createSymbolicLink(link, two.resolve("file"));
    watch("a", link);
    assertThat(watch.size()).isEqualTo(before);
  }

  @Test
  void tellsThatADirectoryIsGoneAndWatchesTheNextOne() throws Exception {
    watch("a", etc.resolve("file"));
    Files.delete(etc);
    awaitTouched("a");
    watch("a", etc.resolve("file"));
    Files.createDirectory(etc);
    awaitTouched("a");
    watch("a", etc.resolve("file"));
    Files.createFile(etc.resolve("file"));
    awaitTouched("a");
  }

  @Test
  void tellsAllWhenEventsWereLost() throws Exception {
    watch("a", etc.resolve("a"));
    watch("b", etc.resolve("b"));
    for (int i = 0; i < 5_000; i++) {
      Files.createFile(etc.resolve("noise-" + i));
    }
    assertThat(awaitTouched("a", "b")).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void tellsOfWritesInADirectoryThatWasOnlyAParentBefore() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    watch("a", etc.resolve("a"));
    watch("b", file);
    watch.await(0);
    Files.write(file, new byte[] {1});
    assertThat(awaitTouched("b")).containsExactly("b");
  }

  @Test
  void findsTheEventThatMattersAmongMany() throws Exception {
    watch("a", etc.resolve("a"));
    for (int i = 0; i < 100; i++) {
      Files.createFile(etc.resolve("noise-" + i));
      assertThat(watch.await(0)).isEmpty();
    }
    Files.createFile(etc.resolve("a"));
    Set<String> touched = new HashSet<>();
    while (touched.isEmpty()) {
      touched.addAll(watch.await(TimeUnit.SECONDS.toNanos(30)));
    }
    assertThat(touched).containsExactly("a");
  }

  @Test
  void tellsAllWhoseDirectoryHadToBeWatchedAnew() throws Exception {
    Path deep = Files.createDirectory(etc.resolve("deep"));
    watch("a", deep.resolve("file"));
    watch("b", deep.resolve("file"));
    watch.await(0);
    Files.move(etc, temporary.resolve("old"));
    Files.createDirectories(deep);
    assertThat(watch.await(0)).as("nobody watches so far up").isEmpty();
    watch("b", deep.resolve("file"));
    assertThat(watch.await(0)).contains("a");
  }
}
