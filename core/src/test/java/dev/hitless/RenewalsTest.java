package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.config.Settings;
import dev.hitless.follow.Hints;
import dev.hitless.material.Identity;
import dev.hitless.report.IdentityStatus;
import dev.hitless.serve.ForeignCode;
import dev.hitless.serve.Proof;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From due to served, with the wall clock, a CA on disk, and a context in the server's place. */
class RenewalsTest {
  private static final String PASSWORD = "changeit";
  private static final TestCa OURS = TestCa.create("Renewals CA");
  private static final TestCa OTHERS = TestCa.create("Somebody else's CA");

  @TempDir Path directory;
  private final Properties properties = new Properties();
  private final List<Hints.OpenedFile> opened = new ArrayList<>();
  private Rotation rotation;
  private Thread thread;

  @BeforeEach
  void prepare() throws Exception {
    properties.setProperty("hitless.log.level", "off");
    properties.setProperty("hitless.poll", "50ms");
    Path ca = Files.write(directory.resolve("ca.pem"), Pems.bytes(Pems.combined(OURS.identity())));
    properties.setProperty("hitless.renew.local-ca.cert", ca.toString());
  }

  @AfterEach
  void stop() throws InterruptedException {
    rotation.stop();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
    await(() -> !isRenewing());
  }

  private static boolean isRenewing() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.getName().equals("hitless-renew"));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Starts hitless, and a server with a PKCS12 keystore. */
  private SSLContext serve(Identity identity) throws Exception {
    rotation =
        new Rotation(
            Settings.read(null, properties), most -> opened, Collections::<String, String>emptyMap);
    thread = new Thread(rotation, "hitless");
    thread.setDaemon(true);
    thread.start();
    Path file = directory.resolve("server.p12");
    Files.write(file, KeyStores.pkcs12("server", identity, PASSWORD));
    opened.add(new Hints.OpenedFile(file, System.currentTimeMillis()));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (java.io.InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    rotation.keyStoreLoaded(store, PASSWORD.toCharArray());
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, PASSWORD.toCharArray());
    rotation.interceptor().factoryInit(factory, store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        rotation
            .interceptor()
            .contextInit(
                context, rotation.interceptor().keyManagers(factory, factory.getKeyManagers())),
        null,
        null);
    await(() -> rotation.status() != null && !rotation.status().getIdentities().isEmpty());
    return context;
  }

  private static Identity expiring(TestCa ca) {
    Instant now = Instant.now();
    return ca.issue(
        "EC", now.minus(Duration.ofDays(80)), now.plus(Duration.ofDays(10)), "localhost");
  }

  private IdentityStatus status() {
    return rotation.status().getIdentities().get(0);
  }

  @Test
  void renewsWhatTheLocalCaIssuedAndServesIt() throws Exception {
    properties.setProperty("hitless.renew.issuer", "local-ca");
    Identity old = expiring(OURS);
    SSLContext context = serve(old);
    await(() -> rotation.status().getCounters().get("renewals") == 1L);
    await(() -> rotation.status().getCounters().get("rotations") == 1L);
    IdentityStatus status = status();
    assertThat(status.getFingerprint()).isNotEqualTo(old.fingerprint().hex());
    assertThat(new Proof(new ForeignCode()).presents(context, old.leaf(), null).hex())
        .isEqualTo(status.getFingerprint());
    assertThat(status.getNotAfter().toInstant()).isAfter(Instant.now().plus(Duration.ofDays(80)));
    await(() -> status().getLastRenewal() != null);
    assertThat(status().getRenewedBy()).contains("local CA");
    assertThat(status().getRenewalFailures()).isZero();
    assertThat(status().getNextRenewal().toInstant())
        .isAfter(Instant.now().plus(Duration.ofDays(50)));
  }

  @Test
  void leavesAloneWhatAnotherCaIssued() throws Exception {
    properties.setProperty("hitless.renew.issuer", "local-ca");
    Identity old = expiring(OTHERS);
    serve(old);
    assertThat(isRenewing()).isFalse();
    assertThat(status().getNextRenewal()).isNull();
    assertThat(status().getFingerprint()).isEqualTo(old.fingerprint().hex());
  }

  @Test
  void startsNoThreadWithoutAnIssuer() throws Exception {
    serve(expiring(OURS));
    assertThat(isRenewing()).isFalse();
    assertThat(directory.resolve(".hitless")).doesNotExist();
  }

  @Test
  void showsWhyARenewalFails() throws Exception {
    properties.setProperty("hitless.renew.issuer", "local-ca");
    properties.setProperty("hitless.renew.identity", "localhost");
    properties.setProperty(
        "hitless.renew.local-ca.cert", directory.resolve("nowhere.pem").toString());
    serve(expiring(OURS));
    await(() -> rotation.status().getCounters().get("renewalFailures") == 1L);
    await(() -> status().getLastRenewalFailure() != null);
    assertThat(status().getRenewalFailures()).isEqualTo(1);
    assertThat(status().getLastRenewalFailureReason()).contains("nowhere.pem");
    assertThat(status().getNextRenewal().toInstant()).isAfter(Instant.now());
  }
}
