package dev.hitless.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Fingerprint;
import dev.hitless.testing.TestCa;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerRulesTest {
  private static final TestCa CA = TestCa.create("Peers");
  private static final X509Certificate WEB =
      CA.issue("EC", "web.example.com", "spiffe://example.org/ns/web").leaf();

  private static String refusal(X509Certificate leaf, boolean client, String... namesAndValues) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put("hitless.policy." + namesAndValues[i], namesAndValues[i + 1]);
    }
    Policies policies = Policies.of(settings);
    assertThat(policies.problems()).isEmpty();
    return policies.refusal(leaf, client, -1, null);
  }

  @ParameterizedTest
  @CsvSource({
    "web.example.com, true",
    "WEB.example.com, true",
    "*.example.com, true",
    "'other.example, *.example.com', true",
    "*.com, false",
    "example.com, false",
    "*.web.example.com, false",
    "spiffe://example.org/ns/web, true",
    "SPIFFE://EXAMPLE.org/ns/web, true",
    "spiffe://example.org/ns/*, true",
    "spiffe://example.org/*, true",
    "spiffe://example.org/ns/WEB, false",
    "spiffe://example.org/ns/w, false",
    "spiffe://example.org/ns/web/*, false",
    "spiffe://example.or/*, false",
    "spiffe://example.org, false",
  })
  void letsInByName(String pattern, boolean expected) {
    assertThat(refusal(WEB, true, "peer.san", pattern) == null).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "spiffe://example.org/ns/../admin",
    "spiffe://example.org/ns/./admin",
    "spiffe://example.org/ns/%2e%2e/admin",
    "spiffe://example.org/ns/",
    "spiffe://example.org.evil/ns/web",
    "spiffe://evil/spiffe://example.org/ns/web",
  })
  void aUriThatOnlySeemsToBeginSoIsRefused(String name) {
    X509Certificate leaf = CA.issue("EC", name).leaf();

    assertThat(refusal(leaf, true, "peer.san", "spiffe://example.org/ns/*"))
        .startsWith("none of its names [");
  }

  @Test
  void theCommonNameIsNoName() {
    X509Certificate leaf = CA.issue("EC", "10.0.0.1").leaf();

    assertThat(refusal(leaf, true, "peer.san", "*.0.0.1, 10.0.0.1"))
        .isEqualTo("it has no DNS name and no URI that could be in hitless.policy.peer.san");
  }

  @Test
  void letsInByThePinOfTheLeafOrOfItsKey() {
    X509Certificate other = CA.issue("EC", "other.example").leaf();
    String leaf = "leaf:" + Fingerprint.of(WEB);
    Fingerprint key = Fingerprint.ofBytes(WEB.getPublicKey().getEncoded());
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(key.hex().substring(2 * i, 2 * i + 2), 16);
    }
    String base64 = Base64.getEncoder().encodeToString(bytes);

    for (String pin : new String[] {leaf, "spki:" + key, "spki:" + base64, "sha256//" + base64}) {
      assertThat(refusal(WEB, true, "peer.pins", pin)).as(pin).isNull();
      assertThat(refusal(other, true, "peer.pins", pin)).as(pin).contains("neither its SHA-256");
    }
    assertThat(refusal(WEB, true, "peer.pins", "leaf:" + key)).isNotNull();
    assertThat(refusal(WEB, true, "peer.pins", "spki:" + Fingerprint.of(WEB))).isNotNull();
  }

  @Test
  void eachListMustHoldThePeer() {
    String pin = "leaf:" + Fingerprint.of(WEB);

    assertThat(refusal(WEB, true, "peer.san", "web.example.com", "peer.pins", pin)).isNull();
    assertThat(refusal(WEB, true, "peer.san", "other.example", "peer.pins", pin)).isNotNull();
  }

  @Test
  void looksAtTheRoleThatItIsFor() {
    assertThat(refusal(WEB, true, "peer.san", "a.example")).isNotNull();
    assertThat(refusal(WEB, false, "peer.san", "a.example")).isNotNull();
    assertThat(refusal(WEB, true, "peer.san", "a.example", "peer.role", "server")).isNull();
    assertThat(refusal(WEB, false, "peer.san", "a.example", "peer.role", "server")).isNotNull();
    assertThat(refusal(WEB, true, "peer.san", "a.example", "peer.role", "client")).isNotNull();
    assertThat(refusal(WEB, false, "peer.san", "a.example", "peer.role", "client")).isNull();
  }
}
