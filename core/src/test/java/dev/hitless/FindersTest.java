package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.follow.FollowLoop;
import dev.hitless.follow.OriginFinder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("logic")
class FindersTest {
  private static final List<char[]> NONE = Collections.emptyList();
  private static final char[] ONE = "one".toCharArray();
  private static final char[] TWO = "two".toCharArray();

  private final FollowLoop loop = new FollowLoop(Duration.ofSeconds(5), (what, cause) -> {});
  private final Finders finders = new Finders(loop, new Clues(count -> Collections.emptyList()));

  @Test
  void looksAtTheFilesOnceForAllThatCameBefore() {
    long first = System.nanoTime();
    long second = System.nanoTime();
    OriginFinder finder = finders.since(first, NONE);
    assertThat(finders.since(second, NONE)).isSameAs(finder);
  }

  @Test
  void looksAgainForWhatCameLater() {
    OriginFinder finder = finders.since(System.nanoTime(), NONE);
    assertThat(finders.since(System.nanoTime() + 1, NONE)).isNotSameAs(finder);
  }

  @Test
  void looksAgainWithAPasswordThatWasNotTried() {
    long before = System.nanoTime();
    OriginFinder finder = finders.since(before, Collections.singletonList(ONE));
    assertThat(finders.since(before, Collections.singletonList(ONE.clone()))).isSameAs(finder);
    assertThat(finders.since(before, Arrays.asList(TWO, ONE))).isNotSameAs(finder);
  }

  @Test
  void keepsNothingInMemory() throws InterruptedException {
    long before = System.nanoTime();
    OriginFinder finder = finders.since(before, NONE);
    CountDownLatch later = new CountDownLatch(1);
    loop.later(later::countDown, Duration.ofSeconds(3));
    Thread thread = new Thread(loop, "hitless-test");
    thread.start();
    assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
    loop.stop();
    thread.join();
    assertThat(finders.since(before, NONE)).isNotSameAs(finder);
  }
}
