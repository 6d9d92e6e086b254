package dev.hitless.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutOffsTest {
  private final CutOffs cutOffs = new CutOffs();

  @Test
  void knowsNoCutOffBeforeTheFirst() {
    assertThat(cutOffs.applyAsLong(new Object())).isEqualTo(CutOffs.NEVER);
    assertThat(cutOffs.applyAsLong(null)).isEqualTo(CutOffs.NEVER);
  }

  @Test
  void cutsOffTheGivenContextsOnly() {
    Object one = new Object();
    Object other = new Object();

    cutOffs.set(Collections.singleton(one), 5);

    assertThat(cutOffs.applyAsLong(one)).isEqualTo(5);
    assertThat(cutOffs.applyAsLong(other)).isEqualTo(CutOffs.NEVER);
    assertThat(cutOffs.applyAsLong(null)).isEqualTo(5);
  }

  @Test
  void movesTheCutOffOfTheGivenContextsAndKeepsTheOthers() {
    Object one = new Object();
    Object other = new Object();
    cutOffs.set(Arrays.asList(one, other), 5);

    cutOffs.set(Collections.singleton(one), 7);

    assertThat(cutOffs.applyAsLong(one)).isEqualTo(7);
    assertThat(cutOffs.applyAsLong(other)).isEqualTo(5);
    assertThat(cutOffs.applyAsLong(null)).isEqualTo(7);
    assertThat(cutOffs.size()).isEqualTo(2);
  }

  @Test
  void tellsContextsApartByIdentity() {
    String one = new String("equal");
    String other = new String("equal");

    cutOffs.set(Collections.singleton(one), 5);

    assertThat(cutOffs.applyAsLong(other)).isEqualTo(CutOffs.NEVER);
  }

  @Test
  void findsEachOfManyContexts() {
    List<Object> contexts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      Object context = new Object();
      contexts.add(context);
      if (i % 100 == 0) {
        cutOffs.set(contexts.subList(Math.max(0, i - 99), i + 1), i);
      }
    }
    cutOffs.set(contexts.subList(4_901, 5_000), 5_000);

    for (int i = 0; i < 5_000; i++) {
      long expected = i == 0 ? 0 : i > 4_900 ? 5_000 : (i + 99) / 100 * 100;
      assertThat(cutOffs.applyAsLong(contexts.get(i))).as("context %s", i).isEqualTo(expected);
    }
    assertThat(cutOffs.size()).isEqualTo(5_000);
  }
}
