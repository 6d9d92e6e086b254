package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.TlsClient;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** PKIX managers read their KeyStore in every handshake, and applications rely on it. */
final class CachingKeyManagerTest {
  private static final TestCa CA = TestCa.create("serve");
  private static final Identity OLD = CA.issue("EC", "a.example");
  private static final Identity NEW = CA.issue("RSA", "a.example");

  private final List<RotatingKeyManager> announced = new ArrayList<>();
  private final Interceptor interceptor = new Interceptor(announced::add);

  @Test
  void givesTheSameKeyAgainWithoutDecryptingIt() throws Exception {
    SwappingServer.made(interceptor, "PKIX", SwappingServer.keyStore(OLD));
    RotatingKeyManager manager = announced.get(0);
    String first = manager.chooseServerAlias("EC", null, null);
    String second = manager.chooseServerAlias("EC", null, null);

    assertThat(first).isNotEqualTo(second); // as JSSE names them
    assertThat(manager.getPrivateKey(first)).isSameAs(manager.getPrivateKey(second));
    assertThat(manager.getCertificateChain(first)).isEqualTo(OLD.chainArray());
  }

  @Test
  void chainThatACallerAltersIsItsOwnCopy() throws Exception {
    SwappingServer.made(interceptor, "PKIX", SwappingServer.keyStore(OLD));
    RotatingKeyManager manager = announced.get(0);
    String alias = manager.chooseServerAlias("EC", null, null);

    manager.getCertificateChain(alias)[0] = null;

    assertThat(manager.getCertificateChain(alias)).isEqualTo(OLD.chainArray());
  }

  @Test
  void followsAnApplicationThatReplacesTheEntryInItsKeyStore() throws Exception {
    KeyStore store = SwappingServer.keyStore(OLD);
    KeyManager[] made = SwappingServer.made(interceptor, "PKIX", store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(interceptor.contextInit(context, made), null, null);
    TlsClient client = new TlsClient();
    assertThat(client.shakeHands(context, "TLSv1.3")).isEqualTo(OLD.leaf());

    store.setKeyEntry(SwappingServer.ALIAS, NEW.key(), SwappingServer.PASSWORD, NEW.chainArray());

    assertThat(client.shakeHands(context, "TLSv1.3")).isEqualTo(NEW.leaf());
    assertThat(client.shakeHands(context, "TLSv1.2")).isEqualTo(NEW.leaf());
  }
}
