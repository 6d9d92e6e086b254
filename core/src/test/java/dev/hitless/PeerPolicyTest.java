package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.policy.LeafNames;
import dev.hitless.policy.NamesServed;
import dev.hitless.policy.Policies;
import dev.hitless.report.Counters;
import dev.hitless.testing.TestCa;
import java.net.Socket;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeerPolicyTest {
  private static final TestCa CA = TestCa.create("Peers");

  private final List<String> notices = new ArrayList<>();
  private final Counters counters = new Counters();
  private Policies policies = Policies.NONE;
  private final PeerPolicy peers =
      new PeerPolicy(() -> policies, new Names(), counters, notices::add);

  /** An engine's context is for {@code a.example}; of sockets nothing is known. */
  private static final class Names implements NamesServed {
    private static final LeafNames NAMES =
        LeafNames.of(Collections.singletonList(CA.issue("EC", "a.example").leaf()));

    @Override
    public @Nullable LeafNames ofContext(@Nullable Object keyManager) {
      throw new AssertionError("a peer is on a connection");
    }

    @Override
    public @Nullable LeafNames ofConnection(@Nullable Object connection) {
      return connection instanceof SSLEngine ? NAMES : null;
    }
  }

  private void policy(String name, String value) {
    policies = Policies.of(Collections.singletonMap("hitless.policy." + name, value));
    assertThat(policies.problems()).isEmpty();
  }

  private static final class Listening extends Socket {
    @Override
    public int getLocalPort() {
      return 8443;
    }
  }

  /** A context of a provider that is not the JDK's own. */
  private static final class Foreign extends SSLContext {
    @SuppressWarnings("deprecation") // the one constructor that Java 8 has
    Foreign() {
      super(
          (SSLContextSpi) null,
          new Provider("Other", 1.0, "") {
            private static final long serialVersionUID = 1L;
          },
          "TLS");
    }
  }

  @Test
  void oneLineForEachPeerAndReasonHoweverOftenItComes() {
    policy("peer.san", "a.example");
    X509Certificate[] one = CA.issue("EC", "b.example").chainArray();
    X509Certificate[] two = CA.issue("EC", "b.example").chainArray();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> peers.check(one, true, null))
          .isInstanceOf(CertificateException.class);
      assertThatThrownBy(() -> peers.check(two, true, null))
          .isInstanceOf(CertificateException.class);
    }

    assertThat(notices).hasSize(2);
    assertThat(counters.peersRefused.sum()).isEqualTo(6);
  }

  @Test
  void aClientIsUnderThePolicyOfThePortThatItCameTo() throws Exception {
    policy("port.8443.peer.san", "a.example");
    X509Certificate[] chain = CA.issue("EC", "b.example").chainArray();

    peers.check(chain, true, null);
    peers.check(chain, false, new Listening());
    assertThatThrownBy(() -> peers.check(chain, true, new Listening()))
        .hasMessageContaining("b.example");
  }

  @Test
  void aClientIsUnderThePolicyOfTheNameThatTheContextServes() throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    X509Certificate[] chain = CA.issue("EC", "b.example").chainArray();

    policy("name.a.example.peer.san", "c.example");
    assertThatThrownBy(() -> peers.check(chain, true, engine)).hasMessageContaining("b.example");
    peers.check(chain, false, engine);
    peers.check(chain, true, new Listening());
    policy("name.x.example.peer.san", "c.example");
    peers.check(chain, true, engine);
  }

  @Test
  void saysOnceWhichTrustManagerDecidesByItself() throws Exception {
    SSLContext own = SSLContext.getInstance("TLS");
    policy("min-protocol", "TLSv1.2");
    peers.initialised(own, "com.example.TrustAll");
    assertThat(notices).isEmpty();
    policy("peer.san", "a.example");
    peers.initialised(own, null);
    peers.initialised(own, "com.example.TrustAll");
    peers.initialised(own, "com.example.TrustAll");

    assertThat(notices).singleElement().asString().contains("com.example.TrustAll");
  }

  @Test
  void saysOnceWhichProviderIsNotCovered() {
    peers.initialised(new Foreign(), null);
    assertThat(notices).isEmpty();
    policy("min-protocol", "TLSv1.2");
    peers.initialised(new Foreign(), null);
    peers.initialised(new Foreign(), null);

    assertThat(notices).singleElement().asString().contains("provider Other");
  }
}
