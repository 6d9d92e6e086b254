package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.config.Settings;
import dev.hitless.material.Identity;
import dev.hitless.policy.PolicyHooks;
import dev.hitless.serve.Interceptor;
import dev.hitless.serve.TrustInterceptor;
import dev.hitless.session.SessionHooks;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.TestCa;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policy through the whole of core, with this test in the agent's place. */
class LivePolicyTest implements PolicyHooks {
  private static final TestCa CA = TestCa.create("Clients");

  @TempDir Path directory;
  private final Properties properties = new Properties();
  private final AtomicInteger installed = new AtomicInteger();
  private volatile UnaryOperator<Object[]> layer;
  private Path file;
  private Rotation rotation;
  private Thread thread;

  @BeforeEach
  void prepare() {
    properties.setProperty("hitless.log.level", "off");
    properties.setProperty("hitless.poll", "20ms");
    file = directory.resolve("hitless.properties");
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (thread != null) {
      rotation.stop();
      thread.join(20_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Override
  public boolean install(UnaryOperator<Object[]> newLayer) {
    installed.incrementAndGet();
    layer = newLayer;
    return true;
  }

  private void create() {
    rotation =
        new Rotation(
            Settings.read(Files.exists(file) ? file.toString() : null, properties),
            most -> Collections.emptyList(),
            Collections::<String, String>emptyMap,
            SessionHooks.NONE,
            this,
            null);
  }

  private void start() {
    create();
    thread = new Thread(rotation, "hitless");
    thread.setDaemon(true);
    thread.start();
    RunningRotation.await(() -> rotation.status() != null);
  }

  private void write(String... lines) throws Exception {
    rewrite(String.join("\n", lines) + "\n");
  }

  private void rewrite(String text) throws Exception {
    Path temporary = Files.write(directory.resolve("new"), text.getBytes(StandardCharsets.UTF_8));
    Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void awaitPolicy(String... namesAndValues) {
    Map<String, String> expected = new java.util.TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      expected.put("hitless.policy." + namesAndValues[i], namesAndValues[i + 1]);
    }
    RunningRotation.await(() -> rotation.status().getPolicy().equals(expected));
  }

  private long counted(String name) {
    return rotation.status().getCounters().get(name);
  }

  @Test
  void nothingIsWovenWithoutAPolicy() throws Exception {
    write("gate=strict");
    start();

    assertThat(rotation.status().getPolicy()).isEmpty();
    assertThat(installed).hasValue(0);
  }

  @Test
  void aPolicyConfiguredAtTheStartHoldsBeforeAnythingRuns() {
    properties.setProperty("hitless.policy.min-protocol", "TLSv1.3");
    create();

    assertThat(layer).isNotNull();
    assertThat(installed).hasValue(1);
  }

  @Test
  void theFileChangesAndLiftsIt() throws Exception {
    write("poll=20ms");
    start();
    write("policy.min-protocol=TLSv1.3", "policy.client-auth=need");
    awaitPolicy("min-protocol", "TLSv1.3", "client-auth", "need");
    assertThat(layer).isNotNull();
    write("policy.min-protocol=TLSv1.2", "policy.client-auth=need");
    awaitPolicy("min-protocol", "TLSv1.2", "client-auth", "need");
    write("policy.min-protocol=TLSv1.2");
    awaitPolicy("min-protocol", "TLSv1.2");
    write("poll=20ms");
    awaitPolicy();
    assertThat(counted("policies")).isEqualTo(4);
  }

  @Test
  void aSystemPropertyCountsMoreThanTheFile() throws Exception {
    properties.setProperty("hitless.policy.min-protocol", "TLSv1.3");
    write("policy.min-protocol=TLSv1.2");
    start();
    write("policy.min-protocol=TLSv1.1", "policy.client-auth=want");

    awaitPolicy("min-protocol", "TLSv1.3", "client-auth", "want");
  }

  @Test
  void aBadFileReplacesNoGoodPolicyAndHealsWithoutARestart() throws Exception {
    write("policy.min-protocol=TLSv1.3");
    start();
    write("policy.min-protocol=TLSv9", "policy.client-auth=need");
    RunningRotation.await(() -> counted("refusals") == 1);
    awaitPolicy("min-protocol", "TLSv1.3");
    Files.delete(file);
    RunningRotation.await(() -> counted("refusals") == 2);
    awaitPolicy("min-protocol", "TLSv1.3");
    write("policy.min-protocol=TLSv1.2");

    awaitPolicy("min-protocol", "TLSv1.2");
  }

  @Test
  void aTextThatEndsWithinALineIsTakenOnceItHasLasted() throws Exception {
    write("policy.min-protocol=TLSv1.3");
    start();
    rewrite("policy.min-protocol=TLSv1.2");

    awaitPolicy("min-protocol", "TLSv1.2");
  }

  private X509TrustManager trusting() throws Exception {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    KeyStore store = KeyStores.trusting("PKCS12", CA.certificate());
    factory.init(store);
    TrustInterceptor interceptor = rotation.trustInterceptor();
    interceptor.factoryInit(factory, store);
    TrustManager[] managers = interceptor.trustManagers(factory, factory.getTrustManagers());
    SSLContext context = SSLContext.getInstance("TLS");
    managers = interceptor.contextInit(context, managers);
    context.init(null, managers, null);
    return (X509TrustManager) managers[0];
  }

  @Test
  void peersAreRefusedAndLetInAgain() throws Exception {
    write("poll=20ms");
    start();
    X509TrustManager manager = trusting();
    java.security.cert.X509Certificate[] web = CA.issue("EC", "web.example").chainArray();
    java.security.cert.X509Certificate[] other = CA.issue("EC", "other.example").chainArray();
    manager.checkClientTrusted(other, "EC");

    write("policy.peer.san=web.example");
    awaitPolicy("peer.san", "web.example");
    manager.checkClientTrusted(web, "EC");
    assertThatThrownBy(() -> manager.checkClientTrusted(other, "EC"))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("none of its names [other.example]");
    assertThat(counted("peersRefused")).isEqualTo(1);
    RunningRotation.await(() -> counted("cutOffs") == 1);

    write("policy.peer.san=web.example,other.example");
    awaitPolicy("peer.san", "web.example,other.example");
    manager.checkClientTrusted(other, "EC");
    write("poll=20ms");
    awaitPolicy();
    manager.checkServerTrusted(other, "UNKNOWN");
  }

  @Test
  void aChainThatIsNotTrustedFailsForThatReason() throws Exception {
    properties.setProperty("hitless.policy.peer.san", "web.example");
    create();
    X509TrustManager manager = trusting();

    assertThatThrownBy(
            () ->
                manager.checkClientTrusted(
                    TestCa.create("Strangers").issue("EC", "web.example").chainArray(), "EC"))
        .hasMessageNotContaining("policy");
  }

  /** Returns what a context of the JDK would keep of a key manager for this name. */
  private Object keyManagerFor(String name) throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Identity identity = CA.issue("EC", name);
    store.setKeyEntry("server", identity.key(), password, identity.chainArray());
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, password);
    Interceptor interceptor = rotation.interceptor();
    interceptor.factoryInit(factory, store, password);
    KeyManager[] made = interceptor.keyManagers(factory, factory.getKeyManagers());
    return interceptor.contextInit(SSLContext.getInstance("TLS"), made)[0];
  }

  private Object clientAuth(Object keyManager) {
    Object[] given = new Object[PolicyHooks.SIZE];
    given[PolicyHooks.CLIENT_AUTH] = "none";
    given[PolicyHooks.NEED] = "need";
    given[PolicyHooks.KEY_MANAGER] = keyManager;
    return layer.apply(given)[PolicyHooks.CLIENT_AUTH];
  }

  @Test
  void aNamesPolicyHoldsForWhatServesTheNameFromTheFirstHandshakeOn() throws Exception {
    write("policy.name.a.example.client-auth=need");
    create();

    assertThat(clientAuth(keyManagerFor("a.example"))).isEqualTo("need");
    assertThat(clientAuth(keyManagerFor("b.example"))).isEqualTo("none");
    assertThat(clientAuth("a key manager that nobody has seen")).isEqualTo("none");
  }

  @Test
  void aNamesPolicyFollowsTheFile() throws Exception {
    write("poll=20ms");
    start();
    Object a = keyManagerFor("a.example");
    write("policy.name.a.example.client-auth=need");
    awaitPolicy("name.a.example.client-auth", "need");
    assertThat(clientAuth(a)).isEqualTo("need");
    write("policy.name.b.example.client-auth=need");
    awaitPolicy("name.b.example.client-auth", "need");
    assertThat(clientAuth(a)).isEqualTo("none");
  }
}
