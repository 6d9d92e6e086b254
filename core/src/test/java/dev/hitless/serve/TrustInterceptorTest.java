package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hitless.material.Identity;
import dev.hitless.material.Trust;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.TlsClient;
import java.net.Socket;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes the place of the trust managers that factories make, and what must not change. */
final class TrustInterceptorTest {
  private static final TestCa OLD = TestCa.create("old root");
  private static final TestCa NEW = TestCa.create("new root");
  private static final TestCa MIDDLE = NEW.intermediate("new middle");

  private final List<RotatingTrust> found = new ArrayList<>();
  private final Interceptor keys = new Interceptor(manager -> {});
  private final TrustInterceptor interceptor =
      new TrustInterceptor(keys, found::add, PeerCheck.NONE);

  private TrustManager[] made(String algorithm, TestCa... trusted) throws Exception {
    return made(TrustManagerFactory.getInstance(algorithm), trusted);
  }

  private TrustManager[] made(TrustManagerFactory factory, TestCa... trusted) throws Exception {
    KeyStore store = KeyStores.trusting("JKS", certificates(trusted));
    factory.init(store);
    interceptor.factoryInit(factory, store);
    return interceptor.trustManagers(factory, factory.getTrustManagers());
  }

  private TrustManager[] made(PKIXBuilderParameters parameters) throws Exception {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    ManagerFactoryParameters given = new CertPathTrustManagerParameters(parameters);
    factory.init(given);
    interceptor.factoryInit(factory, given);
    return interceptor.trustManagers(factory, factory.getTrustManagers());
  }

  private static X509Certificate[] certificates(TestCa... trusted) {
    return Arrays.stream(trusted).map(TestCa::certificate).toArray(X509Certificate[]::new);
  }

  private SSLContext client(TrustManager... managers) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, interceptor.contextInit(context, managers), null);
    return context;
  }

  private static SSLContext server(Identity identity) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    javax.net.ssl.KeyManagerFactory factory =
        javax.net.ssl.KeyManagerFactory.getInstance("SunX509");
    factory.init(SwappingServer.keyStore(identity), SwappingServer.PASSWORD);
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static void shakeHands(
      SSLContext client, SSLContext server, String protocol, Consumer<SSLParameters> with)
      throws SSLException {
    SSLEngine accepting = server.createSSLEngine();
    accepting.setUseClientMode(false);
    SSLEngine asking = client.createSSLEngine("a.example", 443);
    asking.setUseClientMode(true);
    SSLParameters parameters = asking.getSSLParameters();
    parameters.setProtocols(new String[] {protocol});
    with.accept(parameters);
    asking.setSSLParameters(parameters);
    try {
      TlsClient.shakeHands(asking, accepting);
    } finally {
      asking.getSession().invalidate();
      accepting.getSession().invalidate();
    }
  }

  private static void serve(RotatingTrust trust, TestCa... trusted) throws Exception {
    trust.serve(Trust.of(Arrays.asList(certificates(trusted))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKIX", "SunX509"})
  void trustsOtherRootsFromTheNextCheckOn(String algorithm) throws Exception {
    SSLContext client = client(made(algorithm, OLD));
    SSLContext old = server(OLD.issue("EC", "a.example"));
    SSLContext next = server(MIDDLE.issue("EC", "a.example"));
    shakeHands(client, old, "TLSv1.2", p -> {});
    assertThatThrownBy(() -> shakeHands(client, next, "TLSv1.2", p -> {}))
        .isInstanceOf(SSLException.class);
    serve(found.get(0), OLD, NEW);
    shakeHands(client, old, "TLSv1.2", p -> {});
    shakeHands(client, next, "TLSv1.2", p -> {});
    serve(found.get(0), NEW);
    assertThatThrownBy(() -> shakeHands(client, old, "TLSv1.2", p -> {}))
        .isInstanceOf(SSLException.class);
    shakeHands(client, next, "TLSv1.2", p -> {});
    assertThat(found.get(0).accepted()).containsExactly(NEW.certificate());
    assertThat(found.get(0).own()).containsExactly(OLD.certificate());
    assertThat(interceptor.contexts(found.get(0))).containsExactly(client);
  }

  @Test
  void checksTheHostNameBeforeAndAfterASwap() throws Exception {
    SSLContext client = client(made("PKIX", OLD));
    Consumer<SSLParameters> https = p -> p.setEndpointIdentificationAlgorithm("HTTPS");
    shakeHands(client, server(OLD.issue("EC", "a.example")), "TLSv1.2", https);
    SSLContext wrong = server(OLD.issue("EC", "b.example"));
    assertThatThrownBy(() -> shakeHands(client, wrong, "TLSv1.2", https))
        .isInstanceOf(SSLException.class);
    serve(found.get(0), NEW);
    shakeHands(client, server(NEW.issue("EC", "a.example")), "TLSv1.2", https);
    SSLContext wrongAgain = server(NEW.issue("EC", "b.example"));
    assertThatThrownBy(() -> shakeHands(client, wrongAgain, "TLSv1.2", https))
        .isInstanceOf(SSLException.class);
    shakeHands(client, wrongAgain, "TLSv1.2", p -> {});
  }

  @Test
  void checksTheAlgorithmConstraintsOfTheConnection() throws Exception {
    SSLContext client = client(made("PKIX", OLD));
    serve(found.get(0), NEW);
    SSLContext server = server(MIDDLE.issue("EC", "a.example"));
    shakeHands(client, server, "TLSv1.2", p -> p.setAlgorithmConstraints(new DeniedKey(OLD)));
    assertThatThrownBy(
            () ->
                shakeHands(
                    client,
                    server,
                    "TLSv1.2",
                    p -> p.setAlgorithmConstraints(new DeniedKey(MIDDLE))))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void revocationListsOfTheApplicationStayInForce() throws Exception {
    X509Certificate good = NEW.issue("EC", "good.example").leaf();
    X509Certificate revoked = NEW.issue("EC", "revoked.example").leaf();
    X509CRL list = NEW.revocations(revoked);
    KeyStore store = KeyStores.trusting("JKS", OLD.certificate());
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
    parameters.addCertStore(
        CertStore.getInstance(
            "Collection", new CollectionCertStoreParameters(Collections.singleton(list))));
    parameters.setRevocationEnabled(true);
    X509TrustManager manager = (X509TrustManager) made(parameters)[0];
    serve(found.get(0), OLD, NEW);
    manager.checkClientTrusted(new X509Certificate[] {good}, "EC");
    assertThatThrownBy(() -> manager.checkClientTrusted(new X509Certificate[] {revoked}, "EC"))
        .hasStackTraceContaining("revoked");
    X509Certificate unlisted = OLD.issue("EC", "unlisted.example").leaf();
    assertThatThrownBy(() -> manager.checkClientTrusted(new X509Certificate[] {unlisted}, "EC"))
        .hasStackTraceContaining("revocation status");
  }

  @Test
  void passesEachQuestionToTheSameOverload() throws Exception {
    Provider provider = new RecordingTrustProvider();
    TrustManager wrapped = made(TrustManagerFactory.getInstance("Extended", provider), OLD)[0];
    assertThat(wrapped).isInstanceOf(RotatingTrustManager.class);
    X509ExtendedTrustManager manager = (X509ExtendedTrustManager) wrapped;
    X509Certificate[] chain = certificates(OLD);
    RecordingTrustProvider.CALLS.clear();
    manager.checkClientTrusted(chain, "EC");
    manager.checkClientTrusted(chain, "EC", (Socket) null);
    manager.checkClientTrusted(chain, "EC", (SSLEngine) null);
    manager.checkServerTrusted(chain, "EC");
    manager.checkServerTrusted(chain, "EC", (Socket) null);
    manager.checkServerTrusted(chain, "EC", (SSLEngine) null);
    assertThat(RecordingTrustProvider.CALLS)
        .containsExactly(
            "client", "client socket", "client engine", "server", "server socket", "server engine");
  }

  @Test
  void aPlainTrustManagerStaysPlain() throws Exception {
    Provider provider = new RecordingTrustProvider();
    TrustManager wrapped = made(TrustManagerFactory.getInstance("Plain", provider), OLD)[0];
    assertThat(wrapped)
        .isInstanceOf(PlainRotatingTrustManager.class)
        .isNotInstanceOf(X509ExtendedTrustManager.class);
    serve(found.get(0), NEW);
    RecordingTrustProvider.CALLS.clear();
    ((X509TrustManager) wrapped).checkServerTrusted(certificates(OLD), "EC");
    assertThat(RecordingTrustProvider.CALLS).containsExactly("server");
    SSLContext context = SSLContext.getInstance("TLS");
    assertThat(interceptor.contextInit(context, new TrustManager[] {wrapped})[0])
        .isInstanceOf(PlainRotatingTrustManager.class);
  }

  @Test
  void leavesAloneWhatWouldHideAnInterface() throws Exception {
    Provider provider = new RecordingTrustProvider();
    assertThat(made(TrustManagerFactory.getInstance("Resumable", provider), OLD)[0])
        .isInstanceOf(RecordingTrustProvider.Resumable.class);
    assertThat(found).isEmpty();
  }

  @Test
  void leavesAloneATrustManagerOfForeignMake() throws Exception {
    TrustManager[] foreign = {new RecordingTrustProvider.Extended()};
    assertThat(interceptor.contextInit(SSLContext.getInstance("TLS"), foreign)).isSameAs(foreign);
    assertThat(interceptor.contextInit(SSLContext.getInstance("TLS"), null)).isNull();
  }

  /** As Spring's: a factory of the application's around one of the JDK's. */
  private static final class Nested extends TrustManagerFactory {
    Nested(TrustManager[] inner) {
      super(
          new TrustManagerFactorySpi() {
            @Override
            protected void engineInit(KeyStore store) {}

            @Override
            protected void engineInit(ManagerFactoryParameters parameters) {}

            @Override
            protected TrustManager[] engineGetTrustManagers() {
              return inner;
            }
          },
          null,
          "nested");
    }
  }

  @Test
  void wrapsOnceUnderNestedFactories() throws Exception {
    TrustManager[] inner = made("PKIX", OLD);
    TrustManagerFactory outer = new Nested(inner);
    interceptor.factoryInit(outer, KeyStores.trusting("JKS", OLD.certificate()));
    assertThat(interceptor.trustManagers(outer, outer.getTrustManagers())).isSameAs(inner);
    assertThat(found).hasSize(1);
  }

  @Test
  void exceptionsOfTheOriginalPassThroughUnchanged() throws Exception {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(KeyStores.trusting("JKS", OLD.certificate()));
    X509TrustManager original = (X509TrustManager) factory.getTrustManagers()[0];
    X509TrustManager manager = (X509TrustManager) made("PKIX", OLD)[0];
    X509Certificate[] chain = {NEW.issue("EC", "a.example").leaf()};
    for (int swaps = 0; swaps < 2; swaps++) {
      for (X509Certificate[] asked : Arrays.asList(chain, null, new X509Certificate[0])) {
        Throwable expected = catchThrowable(() -> original.checkServerTrusted(asked, "EC"));
        Throwable thrown = catchThrowable(() -> manager.checkServerTrusted(asked, "EC"));
        assertThat(thrown).hasSameClassAs(expected).hasMessage(expected.getMessage());
      }
      serve(found.get(0), TestCa.create("third"));
    }
  }

  @Test
  void answersWithTheApplicationsOwnManagerWhenItsSetComesBack() throws Exception {
    TrustManager manager = made("PKIX", OLD)[0];
    X509TrustManager original = ((TrustHolder) manager).trust().current();
    serve(found.get(0), NEW);
    assertThat(found.get(0).current()).isNotSameAs(original);
    serve(found.get(0), OLD);
    assertThat(found.get(0).current()).isSameAs(original);
  }

  @Test
  void knowsWhichContextsMayBeConcerned() throws Exception {
    SSLContext own = client(made("PKIX", OLD));
    SSLContext foreign = client(new RecordingTrustProvider.Extended());
    SSLContext standard = SSLContext.getInstance("TLS");
    interceptor.contextInit(standard, null);
    assertThat(interceptor.contexts(found.get(0))).containsExactly(own);
    assertThat(interceptor.possibleContexts(found.get(0)))
        .containsExactlyInAnyOrder(own, foreign, standard);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init((KeyStore) null);
    interceptor.factoryInit(factory, (KeyStore) null);
    interceptor.trustManagers(factory, factory.getTrustManagers());
    assertThat(interceptor.contexts(found.get(1))).containsExactly(standard);
  }

  @Test
  void forgetsContextsThatAreGarbage() throws Exception {
    for (int i = 0; i < 50; i++) {
      client(made("PKIX", OLD));
      client(new RecordingTrustProvider.Extended());
    }
    RotatingTrust first = found.get(0);
    Garbage.collectUntil(
        () -> first.contexts().isEmpty() && interceptor.possibleContexts(first).isEmpty());
    assertThat(interceptor.possibleContexts(first)).isEmpty();
  }
}
