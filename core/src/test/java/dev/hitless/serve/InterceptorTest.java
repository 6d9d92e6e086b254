package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.TlsClient;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Test;
import org.postgresql.ssl.DriverKeyManager;

/** What takes the place of the key managers that an application makes. */
final class InterceptorTest {
  private static final TestCa CA = TestCa.create("serve");
  private static final Identity RSA = CA.issue("RSA", "a.example");
  private static final Identity EC = CA.issue("EC", "a.example");

  private final List<RotatingKeyManager> announced = new ArrayList<>();
  private final Interceptor interceptor = new Interceptor(announced::add);

  private SSLContext context(KeyManager manager) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(interceptor.contextInit(context, new KeyManager[] {manager}), null, null);
    return context;
  }

  @Test
  void wrapsOnceHoweverOftenItIsAsked() throws Exception {
    KeyStore store = SwappingServer.keyStore(RSA);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, SwappingServer.PASSWORD);
    interceptor.factoryInit(factory, store, SwappingServer.PASSWORD);
    KeyManager[] once = interceptor.keyManagers(factory, factory.getKeyManagers());

    assertThat(once[0]).isInstanceOf(RotatingKeyManager.class);
    assertThat(interceptor.keyManagers(factory, once)).isSameAs(once);
    KeyManager[] given = interceptor.contextInit(SSLContext.getInstance("TLS"), once);
    assertThat(given).singleElement().isInstanceOf(ContextKeyManager.class);
    assertThat(announced).hasSize(1);
  }

  @Test
  void leavesAloneWhatHoldsNoKey() throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", CA.certificate());

    assertThat(SwappingServer.made(interceptor, "SunX509", trust)[0])
        .isNotInstanceOf(RotatingKeyManager.class);
    assertThat(interceptor.contextInit(SSLContext.getInstance("TLS"), null)).isNull();
    assertThat(announced).isEmpty();
  }

  @Test
  void knowsContextsThatAreGivenTrustManagersOnly() throws Exception {
    SSLContext given = SSLContext.getInstance("TLS");
    SSLContext neither = SSLContext.getInstance("TLS");
    TrustInterceptor trust = new TrustInterceptor(interceptor, found -> {}, PeerCheck.NONE);
    trust.contextInit(given, new TrustManager[0]);
    trust.contextInit(neither, null);

    assertThat(interceptor.contexts()).containsExactlyInAnyOrder(given, neither);
  }

  @Test
  void plainKeyManagerStaysUselessForEngines() throws Exception {
    X509KeyManager hand = new HandKeyManager(RSA);
    KeyManager plain =
        (KeyManager)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {X509KeyManager.class},
                (proxy, method, arguments) -> method.invoke(hand, arguments));
    SSLContext context = context(plain);
    RotatingKeyManager manager = announced.get(0);

    assertThat(manager.chooseEngineServerAlias("RSA", null, context.createSSLEngine())).isNull();
    assertThat(manager.chooseServerAlias("RSA", null, null)).isEqualTo(HandKeyManager.ALIAS);
    manager.serve(Collections.singletonMap(ForeignSource.name(RSA.leaf()), EC));
    assertThat(manager.chooseEngineServerAlias("EC", null, context.createSSLEngine())).isNull();
    assertThat(manager.chooseServerAlias("EC", null, null)).isEqualTo(HandKeyManager.ALIAS);
  }

  @Test
  void foreignManagerPresentsALeafOfAnotherKeyTypeUnderItsOwnAlias() throws Exception {
    SSLContext context = context(new HandKeyManager(RSA));
    RotatingKeyManager manager = announced.get(0);
    assertThat(manager.source().entries(manager)).containsOnlyKeys(ForeignSource.name(RSA.leaf()));
    TlsClient client = new TlsClient();
    assertThat(client.shakeHands(context, "TLSv1.3")).isEqualTo(RSA.leaf());

    manager.serve(Collections.singletonMap(ForeignSource.name(RSA.leaf()), EC));

    assertThat(client.shakeHands(context, "TLSv1.3")).isEqualTo(EC.leaf());
    assertThat(client.shakeHands(context, "TLSv1.2")).isEqualTo(EC.leaf());
    assertThat(manager.chooseServerAlias("EC", null, null)).isEqualTo(HandKeyManager.ALIAS);
    assertThat(manager.chooseServerAlias("RSA", null, null)).isNull();
    assertThat(manager.chooseClientAlias(new String[] {"EC", "RSA"}, null, null))
        .isEqualTo(HandKeyManager.ALIAS);
  }

  @Test
  void foreignManagerPresentsTheSameKindOfKeyAnew() throws Exception {
    Identity renewed = CA.issue("RSA", "a.example");
    SSLContext context = context(new HandKeyManager(RSA));

    announced.get(0).serve(Collections.singletonMap(ForeignSource.name(RSA.leaf()), renewed));

    assertThat(new TlsClient().shakeHands(context, "TLSv1.3")).isEqualTo(renewed.leaf());
  }

  @Test
  void leavesAloneADriverThatReadsItsFilesAnewForEachConnection() throws Exception {
    KeyManager[] given = {new DriverKeyManager()};
    SSLContext context = SSLContext.getInstance("TLS");

    assertThat(interceptor.contextInit(context, given)).isSameAs(given);
    assertThat(announced).isEmpty();
    assertThat(interceptor.contexts()).containsExactly(context);
  }

  @Test
  void exceptionsOfTheOriginalPassThroughUnchanged() throws Exception {
    RuntimeException own = new IllegalStateException("the application's own");
    X509ExtendedKeyManager throwing =
        new HandKeyManager(RSA) {
          @Override
          public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            throw own;
          }

          @Override
          public java.security.PrivateKey getPrivateKey(String alias) {
            throw own;
          }
        };
    context(throwing);
    RotatingKeyManager manager = announced.get(0);

    assertThatThrownBy(() -> manager.chooseServerAlias("RSA", null, null)).isSameAs(own);
    assertThatThrownBy(() -> manager.getPrivateKey("any")).isSameAs(own);
    assertThat(manager.getServerAliases("RSA", null)).containsExactly(HandKeyManager.ALIAS);
  }

  @Test
  void forgetsConnectionsAndContextsThatAreGarbage() throws Exception {
    SwappingServer server = SwappingServer.rotating("SunX509", RSA, SwappingServer.Setup.DIRECT);
    handshakes(server.context());
    context(SwappingServer.made(interceptor, "SunX509", SwappingServer.keyStore(RSA))[0]);
    handshakes(context(announced.get(0)));

    assertThat(interceptor.pinned()).isPositive();
    Garbage.collectUntil(() -> interceptor.pinned() == 0 && announced.get(0).contexts().isEmpty());
    assertThat(interceptor.pinned()).isZero();
    assertThat(announced.get(0).contexts()).isEmpty();
  }

  private static void handshakes(SSLContext context) throws Exception {
    TlsClient client = new TlsClient();
    for (int i = 0; i < 50; i++) {
      client.shakeHands(context, "TLSv1.3");
    }
  }
}
