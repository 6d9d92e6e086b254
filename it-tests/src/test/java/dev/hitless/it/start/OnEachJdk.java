package dev.hitless.it.start;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import java.io.IOException;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test that is given every JDK there is, one after the other, as its first parameter. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "on {0}")
@MethodSource("dev.hitless.it.start.OnEachJdk$Found#jdks")
public @interface OnEachJdk {

  /** Where the JDKs come from. */
  final class Found {
    private Found() {}

    static Stream<Named<Jdk>> jdks() throws IOException {
      return Jdks.find().values().stream().map(jdk -> Named.of("JDK " + jdk.feature(), jdk));
    }
  }
}
