package dev.hitless.agent.inside.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TargetTest {
  @Test
  void takesHostsWithAndWithoutPort() {
    assertServer("a.example", "a.example", 443);
    assertServer("a.example:8443", "a.example", 8443);
    assertServer("127.0.0.1:1", "127.0.0.1", 1);
    assertServer("[::1]:443", "::1", 443);
    assertServer("[fe80::1]", "fe80::1", 443);
    assertServer("https://a.example/path?query", "a.example", 443);
  }

  @Test
  void takesForAFileWhatLooksLikeOne() {
    assertThat(Target.of("server.pem").path).hasToString("server.pem");
    assertThat(Target.of("/etc/ssl/a:b").path).hasToString("/etc/ssl/a:b");
    assertThat(Target.of("dir/key").path).hasToString("dir/key");
    assertThat(Target.of("pom.xml").path).hasToString("pom.xml");
  }

  @Test
  void refusesPortsThatAreNone() {
    assertThatThrownBy(() -> Target.of("a.example:70000"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("70000");
  }

  private static void assertServer(String text, String host, int port) {
    Target target = Target.of(text);
    assertThat(target.path).isNull();
    assertThat(target.host).isEqualTo(host);
    assertThat(target.port).isEqualTo(port);
  }
}
