package dev.hitless.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.TestCa;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class HostNamesTest {
  private final X509Certificate leaf =
      TestCa.create("ca").issue("EC", "a.example", "*.b.example", "127.0.0.1", "*.com").leaf();

  @Test
  void matchesNamesInAnyCase() {
    assertThat(HostNames.match("A.example", leaf)).isTrue();
    assertThat(HostNames.match("a.example.", leaf)).isTrue();
    assertThat(HostNames.match("x.a.example", leaf)).isFalse();
  }

  @Test
  void letsAWildcardStandForOneLabel() {
    assertThat(HostNames.match("x.b.example", leaf)).isTrue();
    assertThat(HostNames.match("y.x.b.example", leaf)).isFalse();
    assertThat(HostNames.match("b.example", leaf)).isFalse();
    assertThat(HostNames.match("any.com", leaf)).isFalse();
  }

  @Test
  void matchesAddressesExactly() {
    assertThat(HostNames.match("127.0.0.1", leaf)).isTrue();
    assertThat(HostNames.match("127.0.0.2", leaf)).isFalse();
  }

  @Test
  void doesNotTakeTheCommonNameForAName() throws Exception {
    assertThat(HostNames.match("odd", OddLeaf.forEc().issue())).isFalse();
  }
}
