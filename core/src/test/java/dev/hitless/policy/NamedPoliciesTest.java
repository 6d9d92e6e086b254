package dev.hitless.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.testing.TestCa;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which policy holds for a context, by the names of its certificates. */
class NamedPoliciesTest {
  private static final TestCa CA = TestCa.create("Names");

  private final Map<String, String> settings = new TreeMap<>();

  private void policy(String name, String value) {
    settings.put("hitless.policy." + name, value);
  }

  private static X509Certificate leaf(String... names) {
    return CA.issue("EC", names).leaf();
  }

  private static LeafNames leaves(X509Certificate... leaves) {
    return LeafNames.of(Arrays.asList(leaves));
  }

  private NamedPolicies.Choice choice(X509Certificate... leaves) {
    Policies policies = Policies.of(settings);
    assertThat(policies.problems()).isEmpty();
    return policies.ofNames(leaves(leaves));
  }

  private boolean permitsTls12(X509Certificate... leaves) {
    NamedPolicies.Choice choice = choice(leaves);
    assertThat(choice.notice).isNull();
    return choice.policy.permitsProtocol("TLS12");
  }

  @Test
  void holdsForTheContextWhoseCertificateHasTheName() {
    policy("name.a.example.min-protocol", "TLSv1.3");

    assertThat(permitsTls12(leaf("a.example"))).isFalse();
    assertThat(permitsTls12(leaf("other.example", "A.Example"))).isFalse();
    assertThat(permitsTls12(leaf("b.example"))).isTrue();
    assertThat(permitsTls12(leaf("www.a.example"))).isTrue();
  }

  @Test
  void aWildcardInTheCertificateStandsForOneLabel() {
    policy("name.a.example.com.min-protocol", "TLSv1.3");

    assertThat(permitsTls12(leaf("*.example.com"))).isFalse();
    assertThat(permitsTls12(leaf("*.com"))).isTrue();
    assertThat(permitsTls12(leaf("*.a.example.com"))).isTrue();
  }

  @Test
  void aConfiguredWildcardIsTheTextInTheCertificate() {
    policy("name.*.example.com.min-protocol", "TLSv1.3");

    assertThat(permitsTls12(leaf("*.example.com"))).isFalse();
    assertThat(permitsTls12(leaf("a.example.com"))).isTrue();
  }

  @Test
  void whatStandsInTheCertificateCountsBeforeWhatItsWildcardStandsFor() {
    policy("name.*.example.com.min-protocol", "TLSv1.2");
    policy("name.pay.example.com.min-protocol", "TLSv1.3");

    assertThat(permitsTls12(leaf("*.example.com"))).isTrue();
    assertThat(permitsTls12(leaf("pay.example.com"))).isFalse();
    assertThat(choice(leaf("*.example.com", "pay.example.com")).notice)
        .as("both stand in it")
        .contains("cannot be told apart");
  }

  @Test
  void severalNamesThatSayTheSameAreOne() {
    policy("client-auth", "want");
    policy("name.a.example.min-protocol", "TLSv1.3");
    policy("name.b.example.min-protocol", "TLSv1.3");
    policy("name.b.example.client-auth", "want");

    assertThat(permitsTls12(leaf("a.example", "b.example"))).isFalse();
    assertThat(permitsTls12(leaf("a.example"), leaf("b.example"))).isFalse();
  }

  @Test
  void theProcessHoldsWhereConnectionsCannotBeToldApart() {
    policy("name.a.example.min-protocol", "TLSv1.3");
    policy("name.b.example.max-protocol", "TLSv1.2");

    NamedPolicies.Choice one = choice(leaf("a.example", "b.example"));
    assertThat(one.policy.restrictsProtocols()).isFalse();
    assertThat(one.notice).contains("[a.example, b.example]:", "cannot be told apart");
    NamedPolicies.Choice two = choice(leaf("a.example"), leaf("c.example"));
    assertThat(two.policy.restrictsProtocols()).isFalse();
    assertThat(two.notice).contains("[a.example] and for others:");
  }

  @Test
  void twoKindsOfKeyForOneNameAreUnderItsPolicy() {
    policy("name.a.example.min-protocol", "TLSv1.3");

    assertThat(permitsTls12(leaf("a.example"), leaf("*.example"), leaf("a.example"))).isFalse();
  }

  @Test
  void theProcessHoldsWhereNothingIsKnown() {
    policy("name.a.example.min-protocol", "TLSv1.3");
    X509Certificate[] many = new X509Certificate[101];
    Arrays.fill(many, leaf("a.example"));

    for (NamedPolicies.Choice choice :
        new NamedPolicies.Choice[] {choice(), choice(many), Policies.of(settings).ofNames(null)}) {
      assertThat(choice.policy.restrictsProtocols()).isFalse();
      assertThat(choice.notice).contains("does not tell which certificates it has");
    }
  }

  @Test
  void remembersWhatItChoseUntilThePoliciesAreOthers() {
    policy("name.a.example.min-protocol", "TLSv1.3");
    LeafNames names = leaves(leaf("a.example"));
    Policies first = Policies.of(settings);

    assertThat(first.ofNames(names)).isSameAs(first.ofNames(names));
    policy("name.a.example.min-protocol", "TLSv1.2");
    assertThat(Policies.of(settings).ofNames(names).policy.permitsProtocol("TLS12")).isTrue();
  }

  @Test
  void aPortCountsBeforeAName() {
    policy("client-auth", "want");
    policy("port.8443.min-protocol", "TLSv1.2");
    policy("name.a.example.client-auth", "need");
    Policies policies = Policies.of(settings);
    LeafNames names = leaves(leaf("a.example"));

    assertThat(policies.of(8443, names).clientAuth()).isEqualTo(ClientAuth.WANT);
    assertThat(policies.of(9443, names).clientAuth()).isEqualTo(ClientAuth.NEED);
  }

  @Test
  void aNameIsServedByWhateverIsForIt() {
    policy("name.a.example.com.min-protocol", "TLSv1.3");
    policy("name.b.example.com.min-protocol", "TLSv1.3");
    policy("name.c.example.min-protocol", "TLSv1.3");

    LeafNames both = leaves(leaf("b.example.com", "*.example.com"));
    assertThat(Policies.of(settings).unserved(Arrays.asList(both, leaves(leaf("d.example")))))
        .containsExactly("c.example");
  }
}
