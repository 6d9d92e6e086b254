package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WeakIdentityMapTest {
  private final WeakIdentityMap<String, Integer> map = new WeakIdentityMap<>();

  @SuppressWarnings({"StringCopy", "StringConstructor"}) // equal, and not the same
  private static String anew(String text) {
    return new String(text);
  }

  @Test
  void tellsEqualKeysApart() {
    String one = anew("key");
    String other = anew("key");
    map.put(one, 1);
    map.put(other, 2);

    assertThat(map.get(one)).isEqualTo(1);
    assertThat(map.get(other)).isEqualTo(2);
    assertThat(map.get(anew("key"))).isNull();
  }

  @Test
  void makesAValueOnce() {
    String key = anew("key");
    assertThat(map.computeIfAbsent(key, k -> 1)).isEqualTo(1);
    assertThat(map.computeIfAbsent(key, k -> 2)).isEqualTo(1);
  }

  @Test
  void isEmptyOnceItsKeysAreGarbage() throws InterruptedException {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String key = anew("key");
      keys.add(key);
      map.put(key, i);
    }
    assertThat(map.size()).isEqualTo(keys.size());

    keys.clear();
    Garbage.collectUntil(() -> map.size() == 0);

    assertThat(map.size()).isZero();
  }
}
