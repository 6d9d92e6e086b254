package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.TlsClient;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a context would answer with, before anybody has asked. */
final class ServedLeavesTest {
  private static final TestCa CA = TestCa.create("serve");
  private static final Identity FIRST = CA.issue("EC", "a.example");
  private static final Identity NEXT = CA.issue("EC", "b.example");

  @SuppressWarnings("unchecked") // that is what leaves are
  private static Collection<X509Certificate> of(RotatingKeyManager manager) throws Exception {
    return manager.leaves().derived(Collection.class, leaves -> leaves);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SunX509", "PKIX"})
  void followsRotationsAndStaysTheSameBetween(String algorithm) throws Exception {
    SwappingServer server = SwappingServer.rotating(algorithm, FIRST, SwappingServer.Setup.DIRECT);
    RotatingKeyManager manager = server.managers().get(0);

    assertThat(of(manager)).containsExactly(FIRST.leaf());
    assertThat(manager.leaves()).isSameAs(manager.leaves());
    server.swap().to(NEXT);
    assertThat(of(manager)).containsExactly(NEXT.leaf());
    assertThat(manager.leaves()).isSameAs(manager.leaves());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SunX509", "PKIX"})
  void seesThroughAWrapperOfTheServersOwn(String algorithm) throws Exception {
    SwappingServer server = SwappingServer.rotating(algorithm, FIRST, SwappingServer.Setup.WRAPPED);
    RotatingKeyManager outer = server.managers().get(1);

    assertThat(of(outer)).containsExactly(FIRST.leaf());
    server.swap().to(NEXT);
    assertThat(of(outer)).containsExactly(NEXT.leaf());
    new TlsClient().shakeHands(server.context(), "TLSv1.2");
    assertThat(of(outer)).containsExactly(NEXT.leaf());
    assertThat(outer.leaves()).isSameAs(outer.leaves());
  }

  private final List<RotatingKeyManager> announced = new ArrayList<>();
  private final Interceptor interceptor = new Interceptor(announced::add);

  private SSLContext context(KeyManager manager) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(interceptor.contextInit(context, new KeyManager[] {manager}), null, null);
    return context;
  }

  @Test
  void followsTheRotationOfAManagerOfForeignMake() throws Exception {
    context(new HandKeyManager(FIRST));
    RotatingKeyManager manager = announced.get(0);

    assertThat(of(manager)).containsExactly(FIRST.leaf());
    manager.serve(Collections.singletonMap(ForeignSource.name(FIRST.leaf()), NEXT));
    assertThat(of(manager)).containsExactly(NEXT.leaf());
  }

  @Test
  void learnsFromAnswersWhatAManagerDoesNotList() throws Exception {
    SSLContext context =
        context(
            new HandKeyManager(FIRST) {
              @Override
              public String @Nullable [] getServerAliases(
                  String keyType, Principal @Nullable [] issuers) {
                return null;
              }
            });
    RotatingKeyManager manager = announced.get(0);

    assertThat(of(manager)).isEmpty();
    new TlsClient().shakeHands(context, "TLSv1.2");
    assertThat(of(manager)).containsExactly(FIRST.leaf());
    manager.serve(Collections.singletonMap(ForeignSource.name(FIRST.leaf()), NEXT));
    assertThat(of(manager)).containsExactly(NEXT.leaf());
  }

  @Test
  void asksAgainAfterAManagerHasFailed() throws Exception {
    boolean[] failing = {true};
    context(
        new HandKeyManager(FIRST) {
          @Override
          public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            if (failing[0]) {
              throw new IllegalStateException("not now");
            }
            return super.getServerAliases(keyType, issuers);
          }
        });
    RotatingKeyManager manager = announced.get(0);

    assertThatThrownBy(manager::leaves).isInstanceOf(IllegalStateException.class);
    failing[0] = false;
    assertThat(of(manager)).containsExactly(FIRST.leaf());
  }

  @Test
  void isFoundByTheKeyManagerOfTheContextAndByTheConnection() throws Exception {
    KeyManager[] made = SwappingServer.made(interceptor, "SunX509", SwappingServer.keyStore(FIRST));
    RotatingKeyManager manager = announced.get(0);
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager given = interceptor.contextInit(context, made)[0];

    assertThat(Interceptor.rotating(given)).isSameAs(manager);
    assertThat(Interceptor.rotating(manager)).isSameAs(manager);
    assertThat(Interceptor.rotating(new HandKeyManager(FIRST))).isNull();
    assertThat(Interceptor.rotating(null)).isNull();
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    assertThat(interceptor.askedBy(engine)).isNull();
    manager.chooseEngineServerAlias("EC", null, engine);
    assertThat(interceptor.askedBy(engine)).isSameAs(manager);
  }
}
