package dev.hitless.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.TestCa;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyLayerTest {
  /** As the JDK's own TLS names them. */
  private enum Version {
    SSL20Hello,
    SSL30,
    TLS10,
    TLS11,
    TLS12,
    TLS13
  }

  private enum Suite {
    TLS_AES_256_GCM_SHA384,
    TLS_AES_128_GCM_SHA256,
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    SSL_RSA_WITH_3DES_EDE_CBC_SHA,
    TLS_EMPTY_RENEGOTIATION_INFO_SCSV
  }

  private enum Auth {
    NONE,
    REQUESTED,
    REQUIRED
  }

  private static final class Listening extends Socket {
    private final int port;

    Listening(int port) {
      this.port = port;
    }

    @Override
    public int getLocalPort() {
      return port;
    }
  }

  /** What the one context serves. */
  private final class Names implements NamesServed {
    @Override
    public @Nullable LeafNames ofContext(@Nullable Object keyManager) {
      assertThat(keyManager).isEqualTo("a key manager");
      asks++;
      return served == null ? null : LeafNames.of(Collections.singletonList(served));
    }

    @Override
    public @Nullable LeafNames ofConnection(@Nullable Object connection) {
      throw new AssertionError("a handshake that begins has asked for nothing yet");
    }
  }

  private @Nullable X509Certificate served;
  private int asks;
  private final List<String> notices = new ArrayList<>();
  private Object transport = "an engine";
  private Auth asked = Auth.NONE;
  private String[] groups = {"x25519", "secp256r1", "ffdhe2048"};
  private List<Version> enabled = Arrays.asList(Version.values());

  private static X509Certificate leaf(String... names) {
    return TestCa.create("Names").issue("EC", names).leaf();
  }

  private Object[] laid(String... namesAndValues) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put("hitless.policy." + namesAndValues[i], namesAndValues[i + 1]);
    }
    Policies policies = Policies.of(settings);
    assertThat(policies.problems()).isEmpty();
    Object[] given = new Object[PolicyHooks.SIZE];
    given[PolicyHooks.PROTOCOLS] = enabled;
    given[PolicyHooks.SUITES] = Arrays.asList(Suite.values());
    given[PolicyHooks.CLIENT_AUTH] = asked;
    given[PolicyHooks.GROUPS] = groups;
    given[PolicyHooks.TRANSPORT] = transport;
    given[PolicyHooks.WANT] = Auth.REQUESTED;
    given[PolicyHooks.NEED] = Auth.REQUIRED;
    given[PolicyHooks.KEY_MANAGER] = "a key manager";
    return new PolicyLayer(() -> policies, new Names(), notices::add).apply(given);
  }

  @Test
  void withoutAPolicyAllStaysTheVerySame() {
    Object[] laid = laid();

    assertThat(laid[PolicyHooks.PROTOCOLS]).isSameAs(enabled);
    assertThat(laid[PolicyHooks.GROUPS]).isSameAs(groups);
    assertThat(laid[PolicyHooks.CLIENT_AUTH]).isEqualTo(Auth.NONE);
  }

  @Test
  void leavesTheVersionsBetweenTheLowestAndTheHighest() {
    assertThat(laid("min-protocol", "TLSv1.2", "max-protocol", "TLSv1.2")[PolicyHooks.PROTOCOLS])
        .isEqualTo(Arrays.asList(Version.SSL20Hello, Version.TLS12));
    assertThat(laid("max-protocol", "TLSv1.1")[PolicyHooks.PROTOCOLS])
        .isEqualTo(Arrays.asList(Version.SSL20Hello, Version.SSL30, Version.TLS10, Version.TLS11));
  }

  @Test
  void addsNothingThatTheApplicationHasNotEnabled() {
    enabled = Arrays.asList(Version.TLS12);

    assertThat(laid("min-protocol", "TLSv1")[PolicyHooks.PROTOCOLS]).isEqualTo(enabled);
  }

  @Test
  void saysOnceThatNothingIsLeft() {
    enabled = Arrays.asList(Version.TLS12);

    assertThat((List<?>) laid("min-protocol", "TLSv1.3")[PolicyHooks.PROTOCOLS]).isEmpty();
    assertThat(notices).singleElement().asString().contains("no protocol version");
  }

  @Test
  void filtersCipherSuitesInTheirOrderAndKeepsSignals() {
    assertThat(laid("cipher-suites", "TLS_AES_*, *_3DES_*")[PolicyHooks.SUITES])
        .isEqualTo(
            Arrays.asList(
                Suite.TLS_AES_256_GCM_SHA384,
                Suite.TLS_AES_128_GCM_SHA256,
                Suite.SSL_RSA_WITH_3DES_EDE_CBC_SHA,
                Suite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV));
    assertThat(laid("denied-cipher-suites", "tls_rsa_*;*_256_*,TLS_EMPTY*")[PolicyHooks.SUITES])
        .isEqualTo(
            Arrays.asList(
                Suite.TLS_AES_128_GCM_SHA256,
                Suite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                Suite.TLS_EMPTY_RENEGOTIATION_INFO_SCSV));
  }

  @Test
  void filtersNamedGroups() {
    assertThat((String[]) laid("denied-named-groups", "FFDHE*")[PolicyHooks.GROUPS])
        .containsExactly("x25519", "secp256r1");
    assertThat((String[]) laid("named-groups", "secp*")[PolicyHooks.GROUPS])
        .containsExactly("secp256r1");
  }

  @Test
  void saysWhereNamedGroupsCannotBeFiltered() {
    groups = null;

    assertThat(laid("named-groups", "secp*")[PolicyHooks.GROUPS]).isNull();
    assertThat(notices).singleElement().asString().contains("no effect on this JDK");
  }

  @Test
  void asksClientsNoLessThanTheApplication() {
    assertThat(laid("client-auth", "want")[PolicyHooks.CLIENT_AUTH]).isEqualTo(Auth.REQUESTED);
    assertThat(laid("client-auth", "need")[PolicyHooks.CLIENT_AUTH]).isEqualTo(Auth.REQUIRED);
    asked = Auth.REQUIRED;
    assertThat(laid("client-auth", "want")[PolicyHooks.CLIENT_AUTH]).isEqualTo(Auth.REQUIRED);
    assertThat(laid("client-auth", "none")[PolicyHooks.CLIENT_AUTH]).isEqualTo(Auth.REQUIRED);
  }

  @Test
  void aSocketIsUnderThePolicyOfItsPort() {
    transport = new Listening(8443);
    assertThat(laid("port.8443.client-auth", "need")[PolicyHooks.CLIENT_AUTH])
        .isEqualTo(Auth.REQUIRED);
    transport = new Listening(8444);
    assertThat(laid("port.8443.client-auth", "need")[PolicyHooks.CLIENT_AUTH]).isEqualTo(Auth.NONE);
    assertThat(notices).isEmpty();
  }

  @Test
  void saysThatAnEngineDoesNotKnowItsPort() {
    assertThat(laid("port.8443.client-auth", "need")[PolicyHooks.CLIENT_AUTH]).isEqualTo(Auth.NONE);
    assertThat(notices).singleElement().asString().contains("does not know its port");
  }

  @Test
  void aContextIsUnderThePolicyOfTheNameItServes() {
    served = leaf("a.example");
    assertThat(laid("name.a.example.client-auth", "need")[PolicyHooks.CLIENT_AUTH])
        .isEqualTo(Auth.REQUIRED);
    assertThat(laid("name.b.example.client-auth", "need")[PolicyHooks.CLIENT_AUTH])
        .isEqualTo(Auth.NONE);
    assertThat(notices).isEmpty();
  }

  @Test
  void aPortOfASocketCountsBeforeAName() {
    served = leaf("a.example");
    transport = new Listening(8443);
    String[] both = {"port.8443.client-auth", "want", "name.a.example.client-auth", "need"};
    assertThat(laid(both)[PolicyHooks.CLIENT_AUTH]).isEqualTo(Auth.REQUESTED);
    transport = new Listening(9443);
    assertThat(laid(both)[PolicyHooks.CLIENT_AUTH]).isEqualTo(Auth.REQUIRED);
  }

  @Test
  void anEngineUnderThePolicyOfANameNeedsNoPort() {
    served = leaf("a.example");

    assertThat(
            laid("port.8443.client-auth", "want", "name.a.example.client-auth", "need")[
                PolicyHooks.CLIENT_AUTH])
        .isEqualTo(Auth.REQUIRED);
    assertThat(notices).isEmpty();
  }

  @Test
  void asksForNoNameWithoutAPolicyOfOne() {
    laid("min-protocol", "TLSv1.2", "port.8443.client-auth", "want");

    assertThat(asks).isZero();
  }

  @Test
  void saysOnceThatNamesAreNotKnownAndKeepsToTheProcess() {
    assertThat(
            laid("client-auth", "want", "name.a.example.client-auth", "need")[
                PolicyHooks.CLIENT_AUTH])
        .isEqualTo(Auth.REQUESTED);
    assertThat(notices).singleElement().asString().contains("does not tell which certificates");
  }
}
