package dev.hitless.it.start;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import java.io.IOException;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.NavigableMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that is given the oldest and the newest JDK there is, because what it shows does not hang
 * on the JDK but for the little that changed between these.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "on {0}")
@MethodSource("dev.hitless.it.start.OnOldestAndNewestJdk$Found#jdks")
public @interface OnOldestAndNewestJdk {

  /** Where the JDKs come from. */
  final class Found {
    private Found() {}

    static Stream<Named<Jdk>> jdks() throws IOException {
      NavigableMap<Integer, Jdk> all = Jdks.find();
      return Stream.of(all.firstEntry().getValue(), all.lastEntry().getValue())
          .distinct()
          .map(jdk -> Named.of("JDK " + jdk.feature(), jdk));
    }
  }
}
