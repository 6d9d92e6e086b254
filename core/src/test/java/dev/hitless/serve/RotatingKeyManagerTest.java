package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.TlsClient;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/** What a rotating key manager answers, call by call. */
final class RotatingKeyManagerTest {
  private static final TestCa CA = TestCa.create("serve");
  private static final Identity OLD = CA.issue("EC", "a.example");
  private static final Identity NEW = CA.issue("EC", "a.example");
  private static final Identity RSA = CA.issue("RSA", "a.example");

  private static SwappingServer server(String algorithm, SwappingServer.Setup setup)
      throws Exception {
    return SwappingServer.rotating(algorithm, OLD, setup);
  }

  private static RotatingKeyManager direct() throws Exception {
    return server("SunX509", SwappingServer.Setup.DIRECT).managers().get(0);
  }

  @Test
  void answersAsTheOriginalUntilSomethingIsSwapped() throws Exception {
    RotatingKeyManager manager = direct();
    assertThat(manager.chooseServerAlias("EC", null, null)).isEqualTo("server");
    assertThat(manager.chooseServerAlias("RSA", null, null)).isNull();
    assertThat(manager.getServerAliases("EC", null)).containsExactly("server");
    assertThat(manager.getCertificateChain("server")).isEqualTo(OLD.chainArray());
    assertThat(manager.getCertificateChain("other")).isNull();
    assertThat(manager.getPrivateKey("other")).isNull();
    assertThat(manager.replaced()).isEmpty();
  }

  @Test
  void aliasNamesStayAsTheServerKnowsThem() throws Exception {
    SwappingServer server = server("SunX509", SwappingServer.Setup.DIRECT);
    RotatingKeyManager manager = server.managers().get(0);

    server.swap().to(RSA);

    assertThat(manager.chooseServerAlias("RSA", null, null)).isEqualTo("server");
    assertThat(manager.chooseClientAlias(new String[] {"RSA"}, null, null)).isEqualTo("server");
    assertThat(manager.getServerAliases("RSA", null)).containsExactly("server");
    assertThat(manager.getServerAliases("EC", null)).isNull();
  }

  @Test
  void aliasLeadsBackToTheGenerationItWasChosenIn() throws Exception {
    SwappingServer server = server("SunX509", SwappingServer.Setup.DIRECT);
    RotatingKeyManager manager = server.managers().get(0);
    String chosen = manager.chooseServerAlias("EC", null, null);

    server.swap().to(NEW);

    assertThat(manager.getPrivateKey(chosen)).isEqualTo(OLD.key());
    assertThat(manager.getCertificateChain(chosen)).isEqualTo(OLD.chainArray());
    String chosenNow = manager.chooseServerAlias("EC", null, null);
    assertThat(manager.getPrivateKey(chosenNow)).isEqualTo(NEW.key());
    assertThat(manager.getCertificateChain(chosenNow)).isEqualTo(NEW.chainArray());
  }

  @Test
  void connectionStaysWithTheGenerationOfItsFirstQuestion() throws Exception {
    SwappingServer server = server("SunX509", SwappingServer.Setup.DIRECT);
    RotatingKeyManager manager = server.managers().get(0);
    SSLEngine engine = server.context().createSSLEngine();
    assertThat(manager.chooseEngineServerAlias("RSA", null, engine)).isNull();

    server.swap().to(RSA);

    assertThat(manager.chooseEngineServerAlias("RSA", null, engine)).isNull();
    String chosen = manager.chooseEngineServerAlias("EC", null, engine);
    assertThat(manager.getCertificateChain(chosen)).isEqualTo(OLD.chainArray());
  }

  @Test
  void chainFollowsTheKeyAskedBeforeItUnderAnAliasOfSomebodyElse() throws Exception {
    SwappingServer server = server("SunX509", SwappingServer.Setup.WRAPPED_UNSEEN);
    RotatingKeyManager manager = server.managers().get(0);

    PrivateKey key = manager.getPrivateKey("server");
    server.swap().to(NEW);
    X509Certificate[] chain = manager.getCertificateChain("server");

    assertThat(key).isEqualTo(OLD.key());
    assertThat(chain).isEqualTo(OLD.chainArray());
    assertThat(manager.getPrivateKey("server")).isEqualTo(NEW.key());
    assertThat(manager.getCertificateChain("server")).isEqualTo(NEW.chainArray());
  }

  @Test
  void keyFollowsTheChainAskedBeforeItUnderAnAliasOfSomebodyElse() throws Exception {
    SwappingServer server = server("SunX509", SwappingServer.Setup.WRAPPED_UNSEEN);
    RotatingKeyManager manager = server.managers().get(0);

    X509Certificate[] chain = manager.getCertificateChain("server");
    server.swap().to(NEW);
    PrivateKey key = manager.getPrivateKey("server");

    assertThat(chain).isEqualTo(OLD.chainArray());
    assertThat(key).isEqualTo(OLD.key());
    assertThat(manager.getCertificateChain("server")).isEqualTo(NEW.chainArray());
    assertThat(manager.getPrivateKey("server")).isEqualTo(NEW.key());
  }

  @Test
  void aQuestionAskedTwiceBeginsAPairAnew() throws Exception {
    SwappingServer server = server("SunX509", SwappingServer.Setup.WRAPPED_UNSEEN);
    RotatingKeyManager manager = server.managers().get(0);

    assertThat(manager.getPrivateKey("server")).isEqualTo(OLD.key());
    server.swap().to(NEW);
    assertThat(manager.getPrivateKey("server")).isEqualTo(NEW.key());
    assertThat(manager.getCertificateChain("server")).isEqualTo(NEW.chainArray());
  }

  @Test
  void wrapperOfTheApplicationPresentsTheNewGeneration() throws Exception {
    for (String algorithm : new String[] {"SunX509", "PKIX"}) {
      for (SwappingServer.Setup setup : SwappingServer.Setup.values()) {
        SwappingServer server = server(algorithm, setup);
        TlsClient client = new TlsClient();
        assertThat(client.shakeHands(server.context(), "TLSv1.2")).isEqualTo(OLD.leaf());

        server.swap().to(RSA);

        assertThat(client.shakeHands(server.context(), "TLSv1.2"))
            .as(algorithm + " " + setup)
            .isEqualTo(RSA.leaf());
        assertThat(client.shakeHands(server.context(), "TLSv1.3")).isEqualTo(RSA.leaf());
      }
    }
  }
}
