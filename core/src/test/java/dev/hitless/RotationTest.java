package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.report.IdentityStatus;
import dev.hitless.serve.FixedAlias;
import dev.hitless.serve.NettyKeys;
import dev.hitless.session.tomcat.Endpoint;
import dev.hitless.session.tomcat.LaterCertificate;
import dev.hitless.session.tomcat.openssl.OpenSslContext;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.Test;

/** The whole of core as the agent uses it, with this test in the agent's place. */
class RotationTest extends RunningRotation {
  @Test
  void looksAtTheFilesOnceForManyKeyManagersMadeInARow() throws Exception {
    int count = 30;
    create();
    for (int i = 0; i < count; i++) {
      keyManagers(load(write(i + ".jks", identity(i + ".example"))));
    }
    run();
    await(() -> rotation.status() != null && rotation.status().getIdentities().size() == count);
    assertThat(looks.get()).isBetween(1, count / 3); // again while files are being replaced
  }

  @Test
  void servesTheNewIdentityAndProvesIt() throws Exception {
    start();
    Identity first = identity("localhost");
    Identity second = identity("localhost");
    Path file = write("server.jks", first);
    SSLContext context = context(keyManagers(load(file)));
    assertThat(presented(context, first)).isEqualTo(first.fingerprint());
    awaitFollowed();
    write("server.jks", second);
    awaitPresented(context, second);
    awaitRotations(1);
    IdentityStatus status = rotation.status().getIdentities().get(0);
    assertThat(status.getFingerprint()).isEqualTo(second.fingerprint().hex());
    assertThat(status.getGeneration()).isEqualTo(2);
    assertThat(status.getOrigin()).contains(file.toString());
    assertThat(status.getContexts()).isEqualTo(1);
    assertThat(status.getLastRotation()).isNotNull();
    assertThat(rotation.status().getContextsNotCovered()).isZero();
  }

  @Test
  void countsTheContextsOfNettysOpenSsl() throws Exception {
    start();
    KeyManager[] managers = keyManagers(load(write("server.jks", identity("localhost"))));
    KeyManager[] others = keyManagers(load(write("other.jks", identity("other"))));
    await(() -> rotation.status() != null && rotation.status().getIdentities().size() == 2);
    NettyKeys netty = rotation.interceptor().nettyKeys();
    List<Object> providers = Arrays.asList(new Object(), new Object(), new Object());
    netty.provided(providers.get(0), managers[0]);
    netty.provided(providers.get(1), managers[0]);
    netty.provided(providers.get(2), others[0]);

    assertThat(contextsOf("localhost")).isEqualTo(2);
    assertThat(contextsOf("other")).isEqualTo(1);

    netty.destroyed(providers.get(0));
    assertThat(contextsOf("localhost")).isEqualTo(1);
  }

  /**
   * As Spring Boot has it: the KeyStore was read at the start, and Tomcat asks for its keys anew.
   */
  @Test
  void hasTomcatCopyTheNewKeyForOpenSsl() throws Exception {
    start();
    Identity first = identity("localhost");
    Identity second = identity("localhost");
    KeyStore store = load(write("server.jks", first));
    Endpoint tomcat = new Endpoint();
    tomcat.files.put("server.jks", "anything");
    tomcat.contexts = content -> copyOf(store);
    LaterCertificate certificate = new LaterCertificate("server.jks", copyOf(store));
    tomcat.host("localhost").with(certificate);
    rotation.openSsl().tomcat().note(tomcat);
    awaitFollowed();

    write("server.jks", second);
    awaitRotations(1);

    OpenSslContext now = (OpenSslContext) certificate.getSslContext();
    assertThat(proof.presents(now::createSSLEngine, second.leaf(), null))
        .isEqualTo(second.fingerprint());
    assertThat(contextsOf("localhost")).isEqualTo(1);
    assertThat(rotation.status().getContextsNotCovered()).isZero();
  }

  /** Makes what copies a key once, of the key manager that the store leads to now. */
  private OpenSslContext copyOf(KeyStore store) {
    try {
      X509ExtendedKeyManager manager = (X509ExtendedKeyManager) keyManagers(store)[0];
      KeyStore copy = KeyStore.getInstance("JKS");
      copy.load(null, null);
      copy.setKeyEntry(
          "server",
          manager.getPrivateKey("server"),
          PASSWORD,
          manager.getCertificateChain("server"));
      KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(copy, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return new OpenSslContext("what was copied", context::createSSLEngine);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private int contextsOf(String name) {
    return rotation.status().getIdentities().stream()
        .filter(status -> status.getNames().contains(name))
        .mapToInt(IdentityStatus::getContexts)
        .sum();
  }

  @Test
  void followsAFileThatWasReplacedBetweenTheServersReadingAndOurs() throws Exception {
    start();
    Identity first = identity("early.example.test");
    Identity second = identity("early.example.test");
    KeyStore store = load(write("early.jks", first));
    write("early.jks", second);
    awaitPresented(context(keyManagers(store)), second);
  }

  @Test
  void followsTheContextThatWasMadeWhileItsFileWasSearchedForInVain() throws Exception {
    start();
    Identity first = identity("late.example.test");
    Identity second = identity("late.example.test");
    Path file = write("late.jks", first);
    KeyStore store = load(file);
    Files.delete(file);
    SSLContext one = context(keyManagers(store));
    await(() -> rotation.status() != null && rotation.status().getNotFollowed().size() == 1);
    SSLContext other = context(keyManagers(store));
    await(() -> rotation.status().getCounters().get("managers") == 2L);
    write("late.jks", second);
    awaitFollowed();
    awaitPresented(one, second);
    awaitPresented(other, second);
  }

  @Test
  void searchesForManyKeysOfOneStoreNoMoreOftenThanForOne() throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    for (int i = 0; i < 6; i++) {
      Identity lost = identity(i + ".lost.example.test");
      store.setKeyEntry("key-" + i, lost.key(), PASSWORD, lost.chainArray());
    }
    start();
    context(keyManagers(store));
    await(() -> rotation.status() != null && rotation.status().getNotFollowed().size() == 6);
    assertThat(looks.get()).isLessThan(15);
  }

  @Test
  void findsTheOriginOnceAReplacementInTwoStepsIsDone() throws Exception {
    start();
    Identity first = identity("steps.example.test");
    Identity second = identity("steps.example.test");
    Path file = write("steps.jks", first);
    KeyStore store = load(file);
    Files.delete(file);
    SSLContext context = context(keyManagers(store));
    await(() -> rotation.status() != null);
    assertThat(rotation.status().getIdentities()).isEmpty();
    write("steps.jks", second);
    awaitPresented(context, second);
  }

  @Test
  void servesTheCurrentIdentityInAContextMadeOfKeysReadLongAgo() throws Exception {
    start();
    Identity first = identity("old.example.test");
    Identity second = identity("old.example.test");
    KeyStore store = load(write("old.jks", first));
    SSLContext context = context(keyManagers(store));
    awaitFollowed();
    write("old.jks", second);
    awaitPresented(context, second);
    awaitPresented(context(keyManagers(store)), second);
  }

  @Test
  void keepsWhatIsServedWhenTheFileIsWorseAndHeals() throws Exception {
    start();
    Identity first = identity("bad.example.test");
    Identity second = identity("bad.example.test");
    Path file = write("bad.jks", first);
    SSLContext context = context(keyManagers(load(file)));
    awaitFollowed();
    Files.write(file, new byte[] {1, 2, 3});
    await(() -> rotation.status().getIdentities().get(0).getRefusal() != null);
    assertThat(presented(context, first)).isEqualTo(first.fingerprint());
    write("bad.jks", second);
    awaitPresented(context, second);
    await(() -> rotation.status().getIdentities().get(0).getRefusal() == null);
  }

  @Test
  void provesThroughAServersOwnWrapper() throws Exception {
    start();
    Identity first = identity("wrapped.example.test");
    Identity second = identity("wrapped.example.test");
    KeyStore store = load(write("wrapped.jks", first));
    X509ExtendedKeyManager ours = (X509ExtendedKeyManager) keyManagers(store)[0];
    SSLContext context = context(new FixedAlias(ours, "server"));
    awaitFollowed();
    write("wrapped.jks", second);
    awaitPresented(context, second);
    awaitRotations(1);
  }

  @Test
  void provesThroughAContextThatItHadNoTimeToSee() throws Exception {
    properties.setProperty("hitless.poll", "1ms");
    start();
    Identity second = identity("late.example.test");
    KeyManager[] busy = keyManagers(load(write("busy.jks", identity("busy.example.test"))));
    KeyManager[] late = keyManagers(load(write("late.jks", identity("late.example.test"))));
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean armed = new AtomicBoolean();
    context(
        new FixedAlias(
            (X509ExtendedKeyManager) busy[0],
            "server",
            () -> {
              if (armed.get() && Thread.currentThread().equals(thread)) {
                reached.countDown();
                await(() -> release.getCount() == 0);
              }
            }));
    await(() -> rotation.status() != null && rotation.status().getIdentities().size() == 2);
    armed.set(true);
    write("busy.jks", identity("busy.example.test"));
    assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue(); // by the proof
    SSLContext context = context(new FixedAlias((X509ExtendedKeyManager) late[0], "server"));
    write("late.jks", second);
    release.countDown();
    awaitRotations(2);
    assertThat(presented(context, second)).isEqualTo(second.fingerprint());
  }

  @Test
  void followsKeyManagersOfForeignMake() throws Exception {
    start();
    Identity first = identity("foreign.example.test");
    Identity second = identity("foreign.example.test");
    Path file = write("foreign.jks", first);
    KeyStore store = load(file);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, PASSWORD);
    X509ExtendedKeyManager foreign = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
    SSLContext context = context(new FixedAlias(foreign, "server"));
    awaitFollowed();
    write("foreign.jks", second);
    awaitPresented(context, second);
    awaitRotations(1);
  }

  @Test
  void saysWhatItDoesNotFollowAndBindsItByConfiguration() throws Exception {
    Identity inside = identity("inside.example.test");
    Identity lost = identity("lost.example.test");
    Identity second = identity("inside.example.test");
    Path file = write("outside.jks", identity("inside.example.test"));
    properties.setProperty("hitless.identity.web.keystore", file.toString());
    properties.setProperty("hitless.identity.web.type", "JKS");
    properties.setProperty("hitless.identity.web.password", "changeit");
    properties.setProperty("hitless.identity.web.for", inside.fingerprint().hex());
    start();
    SSLContext context = context(keyManagers(inMemory(inside)));
    SSLContext notFollowed = context(keyManagers(inMemory(lost)));
    awaitFollowed();
    await(() -> rotation.status().getNotFollowed().size() == 1);
    assertThat(rotation.status().getNotFollowed().get(0)).contains("lost.example.test");
    write("outside.jks", second);
    awaitPresented(context, second);
    assertThat(presented(notFollowed, lost)).isEqualTo(lost.fingerprint());
  }

  private static KeyStore inMemory(Identity identity) throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setKeyEntry("token", identity.key(), PASSWORD, identity.chainArray());
    return store;
  }

  @Test
  void letsGoOfContextsThatTheApplicationDrops() throws Exception {
    start();
    KeyStore store = load(write("dropped.jks", identity("dropped.example.test")));
    List<WeakReference<SSLContext>> dropped = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      dropped.add(new WeakReference<>(context(keyManagers(store))));
    }
    kept.clear();
    awaitFollowed();
    await(
        () -> {
          System.gc();
          return dropped.stream().allMatch(reference -> reference.get() == null);
        });
    assertThat(rotation.status().getIdentities().get(0).getContexts()).isZero();
  }

  @Test
  void provesThroughAContextOfWhichTheServerKeptOnlyASocketFactory() throws Exception {
    start();
    Identity second = identity("kept.example.test");
    KeyStore store = load(write("kept.jks", identity("kept.example.test")));
    javax.net.ssl.SSLServerSocketFactory sockets =
        context(keyManagers(store)).getServerSocketFactory();
    kept.clear();
    awaitFollowed();
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    write("kept.jks", second);
    awaitRotations(1);
    assertThat(sockets.getDefaultCipherSuites()).isNotEmpty();
  }

  @Test
  void provesAtTheNextLookWhatFailedBeforeTheProof() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    sessionHooks =
        cutOffs -> {
          if (asked.getAndIncrement() == 0) {
            throw new OutOfMemoryError("for the test");
          }
          return true;
        };
    properties.setProperty("hitless.sessions", "invalidate");
    start();
    Identity second = identity("again.example.test");
    SSLContext context =
        context(keyManagers(load(write("again.jks", identity("again.example.test")))));
    awaitFollowed();
    write("again.jks", second);
    awaitPresented(context, second);
    awaitRotations(1);
    assertThat(rotation.status().getCounters()).containsEntry("cutOffs", 1L);
    assertThat(asked.get()).isGreaterThan(1);
  }
}
