package dev.hitless.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {
  private static Policies policies(String... namesAndValues) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("hitless.poll", "1s");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put("hitless.policy." + namesAndValues[i], namesAndValues[i + 1]);
    }
    return Policies.of(settings);
  }

  @Test
  void nothingConfiguredIsNoPolicy() {
    assertThat(policies()).isEqualTo(Policies.NONE).hasToString("none");
    assertThat(policies().isEmpty()).isTrue();
  }

  @Test
  void whatAPortDoesNotSayIsAsForTheProcess() {
    Policies policies =
        policies(
            "min-protocol", "TLSv1.2", "client-auth", "need", "port.8443.min-protocol", "TLSv1.3");

    assertThat(policies.problems()).isEmpty();
    assertThat(policies.process().permitsProtocol("TLS12")).isTrue();
    assertThat(policies.of(8443, null).permitsProtocol("TLS12")).isFalse();
    assertThat(policies.of(8443, null).clientAuth()).isEqualTo(ClientAuth.NEED);
    assertThat(policies.of(9443, null)).isSameAs(policies.process());
  }

  @Test
  void aNameEndsWhereAKnownSettingBegins() {
    Policies policies =
        policies(
            "name.A.Example.com.denied-cipher-suites",
            "*_CBC_*",
            "name.a.example.com.peer.san",
            "web.example",
            "name.peer.san.example.client-auth",
            "need",
            "name.*.example.com.min-protocol",
            "TLSv1.3");

    assertThat(policies.problems()).isEmpty();
    assertThat(policies)
        .hasToString(
            "name.*.example.com.min-protocol=TLSv1.3,"
                + " name.a.example.com.denied-cipher-suites=*_CBC_*,"
                + " name.a.example.com.peer.san=web.example,"
                + " name.peer.san.example.client-auth=need");
    assertThat(policies("name.x.peer.min-protocol", "TLSv1.2").looksAtPeers()).isFalse();
    assertThat(policies("name.peer.san.min-protocol", "TLSv1.2").looksAtPeers()).isFalse();
    assertThat(policies("name.x.peer.san", "a.example").looksAtPeersByName()).isTrue();
    assertThat(policies("peer.san", "a.example", "name.x.min-protocol", "TLSv1.2"))
        .matches(Policies::looksAtPeers)
        .matches(each -> !each.looksAtPeersByName());
  }

  @Test
  void aNameSaysWhatItContradicts() {
    assertThat(
            policies("max-protocol", "TLSv1.2", "name.a.example.min-protocol", "TLSv1.3")
                .problems())
        .containsExactly("hitless.policy.max-protocol for a.example is below min-protocol=TLSv1.3");
    assertThat(
            policies("min-protocol", "TLSv1.3", "name.a.example.max-protocol", "TLSv1.2")
                .problems())
        .containsExactly(
            "hitless.policy.name.a.example.max-protocol is below min-protocol=TLSv1.3");
  }

  @Test
  void aNameThatGoesLiftsWhatItSaid() {
    Policies before = policies("name.a.example.min-protocol", "TLSv1.3");

    assertThat(before.isLiftedBy(policies("name.b.example.min-protocol", "TLSv1.3"))).isTrue();
    assertThat(before.isLiftedBy(policies("name.a.example.min-protocol", "TLSv1.2"))).isFalse();
  }

  @Test
  void aPortMayAskLessThanTheProcess() {
    Policies policies = policies("client-auth", "need", "port.8443.client-auth", "none");

    assertThat(policies.of(8443, null).clientAuth()).isEqualTo(ClientAuth.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "min-protocol, TLSv9, is none of [TLSv1",
    "max-protocol, '', is none of [TLSv1",
    "client-auth, maybe, 'is none of [none, want, need]'",
    "cipher-suites, TLS AES, holds \"TLS AES\"",
    "cipher-suites, '', is empty",
    "denied-named-groups, 'x25519,a/b', holds \"a/b\"",
    "peer.san, 'spiffe://example.org/a*', no URI",
    "peer.san, 'spiffe://*', no URI",
    "peer.san, '*', no DNS name",
    "peer.pins, 'leaf:abcd', no SHA-256",
    "peer.pins, 'abcd', no SHA-256",
    "peer.role, peer, 'is none of [any, client, server]'",
    "min-protcol, TLSv1.3, is no setting of a policy",
    "port.8443.min-protocol, TLSv9, is none of [TLSv1",
    "port.0.min-protocol, TLSv1.2, names no port",
    "port.65536.min-protocol, TLSv1.2, names no port",
    "name.a.example.min-protocol, TLSv9, is none of [TLSv1",
    "name.a.example.peer.san, '*', no DNS name",
    "name.a.example.min-protcol, TLSv1.2, is no DNS name with a setting of a policy",
    "name.min-protocol, TLSv1.2, is no DNS name with a setting of a policy",
    "name.a.example, TLSv1.2, is no DNS name with a setting of a policy",
    "name.a..example.min-protocol, TLSv1.2, names no DNS name",
    "name.a.*.example.min-protocol, TLSv1.2, names no DNS name",
    "name.*.min-protocol, TLSv1.2, names no DNS name",
    "name.10.0.0.1:443.min-protocol, TLSv1.2, names no DNS name",
  })
  void aBadValueIsNamedWithWhatIsKnown(String name, String value, String why) {
    assertThat(policies(name, value).problems())
        .singleElement()
        .asString()
        .startsWith("hitless.policy." + name)
        .contains(why);
  }

  @Test
  void theLowestProtocolIsNotAboveTheHighest() {
    assertThat(policies("min-protocol", "TLSv1.3", "max-protocol", "TLSv1.2").problems())
        .containsExactly("hitless.policy.max-protocol is below min-protocol=TLSv1.3");
    assertThat(policies("min-protocol", "TLSv1.3", "port.8443.max-protocol", "TLSv1.2").problems())
        .containsExactly("hitless.policy.port.8443.max-protocol is below min-protocol=TLSv1.3");
  }

  @Test
  void aGeneralSettingThatAPortContradictsStaysInForceElsewhere() {
    Policies policies = policies("max-protocol", "TLSv1.2", "port.8443.min-protocol", "TLSv1.3");

    assertThat(policies.problems())
        .containsExactly("hitless.policy.max-protocol on port 8443 is below min-protocol=TLSv1.3");
    assertThat(policies).hasToString("max-protocol=TLSv1.2, port.8443.min-protocol=TLSv1.3");
    assertThat(policies.process().permitsProtocol("TLS13")).isFalse();
    assertThat(policies.of(8443, null).permitsProtocol("TLS13")).isTrue();
    assertThat(policies.of(8443, null).permitsProtocol("TLS12")).isFalse();
  }

  @Test
  void whatIsBadForTheProcessIsNotSaidForEachPort() {
    assertThat(policies("min-protocol", "TLSv9", "port.1.client-auth", "want").problems())
        .hasSize(1);
  }

  @Test
  void aBadValueLeavesTheGoodOnesInForce() {
    Policies policies = policies("min-protocol", "TLSv1.3", "client-auth", "maybe");

    assertThat(policies.process().permitsProtocol("TLS12")).isFalse();
    assertThat(policies.process().clientAuth()).isEqualTo(ClientAuth.NONE);
    assertThat(policies).hasToString("min-protocol=TLSv1.3");
  }

  @Test
  void whereABadValueIsLeftOutWhatTheProcessSaysHolds() {
    Policies policies =
        policies(
            "min-protocol",
            "TLSv1.3",
            "port.8443.min-protocol",
            "TLSv9",
            "port.9443.max-protocol",
            "TLSv1.2",
            "port.9443.client-auth",
            "want");

    assertThat(policies.of(8443, null).permitsProtocol("TLS12")).isFalse();
    assertThat(policies.of(9443, null).permitsProtocol("TLS13")).isTrue();
    assertThat(policies.of(9443, null).clientAuth()).isEqualTo(ClientAuth.WANT);
  }

  @Test
  void knowsWhetherItIsLifted() {
    Policies before = policies("min-protocol", "TLSv1.3", "client-auth", "need");

    assertThat(before.isLiftedBy(policies("min-protocol", "TLSv1.3"))).isTrue();
    assertThat(before.isLiftedBy(policies("min-protocol", "TLSv1.2", "client-auth", "none")))
        .isFalse();
  }

  @Test
  void knowsWhetherPeersAreJudgedAnew() {
    Policies some = policies("peer.san", "a.example, b.example", "min-protocol", "TLSv1.2");

    assertThat(some.looksAtPeers()).isTrue();
    assertThat(some.mayRefuseMorePeersThan(policies("peer.san", "a.example, b.example"))).isFalse();
    assertThat(some.mayRefuseMorePeersThan(policies("peer.san", "b.example"))).isFalse();
    assertThat(some.mayRefuseMorePeersThan(policies("peer.san", "c.example"))).isTrue();
    assertThat(some.mayRefuseMorePeersThan(policies())).isTrue();
    assertThat(policies().mayRefuseMorePeersThan(some)).isFalse();
    assertThat(
            policies("peer.san", "a.example", "peer.role", "any")
                .mayRefuseMorePeersThan(policies("peer.san", "a.example", "peer.role", "client")))
        .isTrue();
    assertThat(policies("port.1.peer.san", "a.example").looksAtPeers()).isTrue();
  }

  @Test
  void whereNamesSayWhoIsLetInAnyChangeMayRefuseMore() {
    Policies some = policies("name.a.example.peer.san", "x.example");

    assertThat(some.mayRefuseMorePeersThan(policies("name.a.example.peer.san", "x.example")))
        .isFalse();
    assertThat(
            policies("name.a.example.peer.san", "x.example", "name.b.example.client-auth", "want")
                .mayRefuseMorePeersThan(some))
        .isTrue();
    assertThat(policies("name.b.example.client-auth", "want").mayRefuseMorePeersThan(some))
        .isFalse();
    assertThat(policies("peer.san", "x.example").mayRefuseMorePeersThan(some)).isTrue();
  }
}
