package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettlingJudgeTest {
  private static final Instant NOW = Instant.EPOCH;

  private final SettlingJudge<String> judge =
      new SettlingJudge<>((before, found) -> found.length() < before.length(), "it stays");

  @Test
  void takesAtOnceWhatSeemsWhole() {
    assertThat(judge.judge("old", "newer", NOW, 0).next()).isEqualTo("newer");
  }

  @Test
  void holdsWhatMayBeHalfUntilItHasLasted() {
    assertThat(judge.judge("longer", "long", NOW, 5).holds()).isTrue();
    assertThat(judge.judge("longer", "long", NOW, 4 + Follower.SETTLE_NANOS).next())
        .isEqualTo("longer");
    assertThat(judge.judge("longer", "long", NOW, 5 + Follower.SETTLE_NANOS).next())
        .isEqualTo("long");
  }

  @Test
  void beginsAnewWhenItChangesOrCannotBeRead() {
    assertThat(judge.judge("longer", "lo", NOW, 0).holds()).isTrue();
    assertThat(judge.judge("longer", "long", NOW, Follower.SETTLE_NANOS).holds()).isTrue();
    judge.forget();
    assertThat(judge.judge("longer", "long", NOW, 3 * Follower.SETTLE_NANOS).holds()).isTrue();
  }

  @Test
  void forgetsWhatItHeldWhenTheFileIsAsBefore() {
    assertThat(judge.judge("longer", "long", NOW, 0).holds()).isTrue();
    assertThat(judge.judge("longer", "longer", NOW, 1).holds()).isFalse();
    assertThat(judge.judge("longer", "long", NOW, 2 * Follower.SETTLE_NANOS).holds()).isTrue();
  }
}
