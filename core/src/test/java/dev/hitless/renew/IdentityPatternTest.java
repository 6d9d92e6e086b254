package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityPatternTest {
  private static final List<String> NAMES =
      Arrays.asList("*.example.com", "www.example.org", "10.0.0.1", "spiffe://a/b");
  private static final List<Path> FILES = Collections.singletonList(Paths.get("/etc/tls/Web.p12"));

  private static boolean matches(String pattern) {
    return IdentityPattern.of(pattern).matches(NAMES, FILES);
  }

  @Test
  void matchesNamesInAnyCase() {
    assertThat(matches("www.example.org")).isTrue();
    assertThat(matches("WWW.Example.org")).isTrue();
    assertThat(matches("*.example.com")).isTrue();
    assertThat(matches("*.org")).isTrue();
    assertThat(matches("10.0.0.1")).isTrue();
    assertThat(matches("spiffe://a/b")).isTrue();
    assertThat(matches("*")).isTrue();
    assertThat(matches("example.org")).isFalse();
    assertThat(matches("www-example.org")).isFalse();
    assertThat(matches("10.0.0.?")).isFalse();
  }

  @Test
  void matchesNamesOfFilesAndPaths() {
    assertThat(matches("web.p12")).isTrue();
    assertThat(matches("*.p12")).isTrue();
    assertThat(matches("/etc/tls/Web.p12")).isTrue();
    assertThat(matches("/etc/**")).isTrue();
    assertThat(matches("/etc/*")).isFalse();
    assertThat(matches("/etc/tls/*.{p12,jks}")).isTrue();
    assertThat(matches("*.jks")).isFalse();
  }
}
