package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.config.Settings;
import dev.hitless.follow.Hints;
import dev.hitless.material.Trust;
import dev.hitless.policy.PolicyHooks;
import dev.hitless.report.TrustStatus;
import dev.hitless.serve.TrustInterceptor;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trusted certificates through the whole of core, with this test in the agent's place. */
class TrustRotationTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final X509Certificate ONE = TestCa.create("one").certificate();
  private static final X509Certificate TWO = TestCa.create("two").certificate();
  private static final X509Certificate THREE = TestCa.create("three").certificate();

  @TempDir Path directory;
  private final List<Hints.OpenedFile> opened = new CopyOnWriteArrayList<>();
  private final Properties properties = new Properties();

  /** Gives what is asked whenever a session is about to be resumed; null until it is needed. */
  private volatile ToLongFunction<Object> cutOffs;

  /** Holds the hitless thread in the middle of the first cut-off. */
  private volatile CountDownLatch holding = new CountDownLatch(0);

  /** Fails the first cut-off as nothing that is expected does. */
  private volatile boolean failing;

  private Rotation rotation;
  private Thread thread;

  @BeforeEach
  void prepare() {
    properties.setProperty("hitless.log.level", "error");
    properties.setProperty("hitless.poll", "50ms");
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (thread != null) {
      rotation.stop();
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private void start() {
    rotation =
        new Rotation(
            Settings.read(null, properties),
            most -> opened,
            Collections::<String, String>emptyMap,
            asked -> {
              if (failing) {
                failing = false;
                throw new OutOfMemoryError("for the test");
              }
              cutOffs = asked;
              awaitUninterruptibly(holding);
              return true;
            },
            PolicyHooks.NONE,
            null);
    thread = new Thread(rotation, "hitless");
    thread.setDaemon(true);
    thread.start();
  }

  private Path write(String name, byte[] content) throws Exception {
    Path temporary = Files.write(directory.resolve(name + ".new"), content);
    return Files.move(temporary, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path writeStore(String name, X509Certificate... trusted) throws Exception {
    return write(name, KeyStores.bytes(KeyStores.trusting("PKCS12", trusted), "changeit"));
  }

  private Path writeBundle(String name, X509Certificate... trusted) throws Exception {
    return write(name, Pems.bytes(Pems.certificates(trusted)));
  }

  private KeyStore load(Path file) throws Exception {
    opened(file);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (java.io.InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    rotation.keyStoreLoaded(store, PASSWORD);
    return store;
  }

  private void opened(Path file) {
    opened.add(0, new Hints.OpenedFile(file, System.currentTimeMillis()));
  }

  /** What an application does, with the agent's hooks spelled out. */
  private X509TrustManager trustManager(KeyStore store) throws Exception {
    TrustInterceptor interceptor = rotation.trustInterceptor();
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    interceptor.factoryInit(factory, store);
    TrustManager[] made = interceptor.trustManagers(factory, factory.getTrustManagers());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, interceptor.contextInit(context, made), null);
    contexts.add(context);
    return (X509TrustManager) made[0];
  }

  private final List<SSLContext> contexts = new ArrayList<>();

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isCutOff(SSLContext context) {
    return cutOffs.applyAsLong(context.getServerSessionContext()) > 0
        && cutOffs.applyAsLong(context.getClientSessionContext()) > 0;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  private void awaitTrusted(X509TrustManager manager, X509Certificate... expected) {
    await(
        () ->
            Arrays.asList(manager.getAcceptedIssuers()).containsAll(Arrays.asList(expected))
                && manager.getAcceptedIssuers().length == expected.length);
  }

  private void awaitFollowed(int number) {
    await(() -> rotation.status() != null && rotation.status().getTrusts().size() == number);
  }

  @Test
  void trustsWhatTheFileHoldsAndTellsWhenItShrinks() throws Exception {
    start();
    X509TrustManager manager = trustManager(load(writeStore("trust.p12", ONE)));
    awaitFollowed(1);
    writeStore("trust.p12", ONE, TWO);
    awaitTrusted(manager, ONE, TWO);
    await(() -> rotation.status().getCounters().get("trustRotations") == 1L);
    assertThat(cutOffs).isNull();
    writeStore("trust.p12", TWO);
    awaitTrusted(manager, TWO);
    await(() -> cutOffs != null && isCutOff(contexts.get(0)));
    TrustStatus status = rotation.status().getTrusts().get(0);
    assertThat(status.getOrigin()).contains("trust.p12");
    assertThat(status.getCertificates()).isEqualTo(1);
    assertThat(status.getFingerprint())
        .isEqualTo(Trust.of(Collections.singleton(TWO)).fingerprint().hex());
    assertThat(status.getGeneration()).isEqualTo(3);
    assertThat(status.getContexts()).isEqualTo(1);
    assertThat(status.getLastChange()).isNotNull();
  }

  @Test
  void endsSessionsThatAnOutdatedTrustManagerLetInBeforeItWasBound() throws Exception {
    holding = new CountDownLatch(1);
    start();
    KeyStore outdated = load(writeStore("trust.p12", ONE, TWO));
    X509TrustManager first = trustManager(outdated);
    awaitFollowed(1);
    writeStore("trust.p12", TWO);
    await(() -> cutOffs != null);
    awaitTrusted(first, TWO);

    X509TrustManager late = trustManager(outdated);
    late.checkClientTrusted(new X509Certificate[] {ONE}, "RSA");
    holding.countDown();

    awaitTrusted(late, TWO);
    await(() -> isCutOff(contexts.get(1)));
  }

  @Test
  void endsSessionsAtTheNextLookWhenThatFailed() throws Exception {
    failing = true;
    start();
    X509TrustManager manager = trustManager(load(writeStore("trust.p12", ONE, TWO)));
    awaitFollowed(1);
    writeStore("trust.p12", TWO);
    awaitTrusted(manager, TWO);
    await(() -> cutOffs != null && isCutOff(contexts.get(0)));
    assertThat(failing).isFalse();
    await(() -> rotation.status().getCounters().get("trustRotations") == 1L);
  }

  @Test
  void followsABundleThatTheApplicationParsedItself() throws Exception {
    start();
    opened(writeBundle("bundle.pem", ONE, TWO));
    X509TrustManager manager = trustManager(KeyStores.trusting("JKS", ONE, TWO));
    awaitFollowed(1);
    writeBundle("bundle.pem", TWO, THREE);
    awaitTrusted(manager, TWO, THREE);
  }

  @Test
  void keepsWhatIsTrustedWhenTheFileIsBadAndHeals() throws Exception {
    start();
    Path file = writeBundle("bundle.pem", ONE);
    opened(file);
    X509TrustManager manager = trustManager(KeyStores.trusting("JKS", ONE));
    awaitFollowed(1);
    Files.write(file, new byte[0]);
    await(() -> rotation.status().getTrusts().get(0).getRefusal() != null);
    awaitTrusted(manager, ONE);
    writeBundle("bundle.pem", ONE, TWO);
    awaitTrusted(manager, ONE, TWO);
    await(() -> rotation.status().getTrusts().get(0).getRefusal() == null);
  }

  @Test
  void trustsWhatIsThereNowInAContextMadeOfWhatWasReadLongAgo() throws Exception {
    start();
    KeyStore store = load(writeStore("trust.p12", ONE));
    X509TrustManager manager = trustManager(store);
    awaitFollowed(1);
    writeStore("trust.p12", TWO);
    awaitTrusted(manager, TWO);
    awaitTrusted(trustManager(store), TWO);
  }

  @Test
  void tellsTwoFilesApartThatHoldTheSameSetAtFirst() throws Exception {
    start();
    X509TrustManager first = trustManager(load(writeStore("first.p12", ONE)));
    awaitFollowed(1);
    X509TrustManager second = trustManager(load(writeStore("second.p12", ONE)));
    awaitFollowed(2);
    writeStore("second.p12", ONE, TWO);
    awaitTrusted(second, ONE, TWO);
    awaitTrusted(first, ONE);
    writeStore("first.p12", THREE);
    awaitTrusted(first, THREE);
    awaitTrusted(second, ONE, TWO);
  }

  @Test
  void followsAFileThatWasReplacedBetweenTheReadingOfTheApplicationAndOurs() throws Exception {
    start();
    KeyStore store = load(writeStore("early.p12", ONE, TWO));
    writeStore("early.p12", TWO, THREE);
    awaitTrusted(trustManager(store), TWO, THREE);
  }

  @Test
  void findsTheFileThoughTrustManagersAreMadeAllTheTime() throws Exception {
    start();
    Path file = writeStore("back.p12", ONE);
    KeyStore store = load(file);
    Files.delete(file);
    X509TrustManager first = trustManager(store);
    await(() -> rotation.status() != null && rotation.status().getNotFollowed().size() == 1);
    writeStore("back.p12", ONE, TWO);
    await(
        () -> {
          try {
            trustManager(store);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return !rotation.status().getTrusts().isEmpty();
        });
    awaitTrusted(first, ONE, TWO);
  }

  @Test
  void saysWhatItDoesNotFollowAndBindsItByConfiguration() throws Exception {
    Path file = writeBundle("bound.pem", TWO);
    properties.setProperty("hitless.trust.web.file", file.toString());
    properties.setProperty(
        "hitless.trust.web.for", Trust.of(Collections.singleton(ONE)).fingerprint().hex());
    start();
    X509TrustManager bound = trustManager(KeyStores.trusting("JKS", ONE));
    X509TrustManager lost = trustManager(KeyStores.trusting("JKS", THREE));
    awaitTrusted(bound, TWO);
    await(() -> rotation.status().getNotFollowed().size() == 1);
    assertThat(rotation.status().getNotFollowed().get(0)).contains("CN=three");
    writeBundle("bound.pem", ONE, TWO);
    awaitTrusted(bound, ONE, TWO);
    awaitTrusted(lost, THREE);
  }

  @Test
  void bindsADirectoryByConfiguration() throws Exception {
    Files.createDirectory(directory.resolve("cas"));
    writeBundle("cas/one.pem", ONE);
    properties.setProperty("hitless.trust.web.file", directory.resolve("cas").toString());
    start();
    X509TrustManager manager = trustManager(KeyStores.trusting("JKS", ONE));
    awaitFollowed(1);
    writeBundle("cas/two.crt", TWO);
    awaitTrusted(manager, ONE, TWO);
    Files.delete(directory.resolve("cas/one.pem"));
    awaitTrusted(manager, TWO);
  }

  @Test
  void leavesTrustAloneWhenToldSo() throws Exception {
    properties.setProperty("hitless.trust", "false");
    start();
    assertThat(rotation.trustInterceptor()).isNull();
    await(() -> rotation.status() != null);
  }
}
