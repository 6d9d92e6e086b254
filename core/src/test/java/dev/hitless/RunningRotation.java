package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.config.Settings;
import dev.hitless.follow.Hints;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.policy.PolicyHooks;
import dev.hitless.serve.ForeignCode;
import dev.hitless.serve.Proof;
import dev.hitless.session.SessionHooks;
import dev.hitless.testing.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The whole of core as the agent uses it, with a test in the agent's place. */
abstract class RunningRotation {
  static final char[] PASSWORD = "changeit".toCharArray();
  static final TestCa CA = TestCa.create("Rotation CA");

  @TempDir Path directory;
  final List<Hints.OpenedFile> opened = new CopyOnWriteArrayList<>();

  /** How often all files that were opened were asked for. */
  final AtomicInteger looks = new AtomicInteger();

  /** A server keeps its contexts; a local variable that is not read again does not. */
  final List<SSLContext> kept = new ArrayList<>();

  final Properties properties = new Properties();
  SessionHooks sessionHooks = SessionHooks.NONE;
  Rotation rotation;
  Thread thread;
  Proof proof;

  @BeforeEach
  void prepare() throws Exception {
    properties.setProperty("hitless.log.level", "error");
    properties.setProperty("hitless.poll", "50ms");
    proof = new Proof(new ForeignCode());
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (thread != null) {
      rotation.stop();
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  void start() {
    create();
    run();
  }

  void create() {
    rotation =
        new Rotation(
            Settings.read(null, properties),
            most -> {
              looks.addAndGet(most == Integer.MAX_VALUE ? 1 : 0);
              return opened;
            },
            Collections::<String, String>emptyMap,
            sessionHooks,
            PolicyHooks.NONE,
            null);
  }

  void run() {
    thread = new Thread(rotation, "hitless");
    thread.setDaemon(true);
    thread.start();
  }

  static Identity identity(String... names) {
    return CA.issue("EC", names);
  }

  Path write(String name, Identity identity) throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setKeyEntry("server", identity.key(), PASSWORD, identity.chainArray());
    Path file = directory.resolve(name);
    Path temporary = directory.resolve(name + ".new");
    try (java.io.OutputStream out = Files.newOutputStream(temporary)) {
      store.store(out, PASSWORD);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  /** What a server does when it starts, with the agent's hooks spelled out. */
  KeyStore load(Path file) throws Exception {
    opened.add(0, new Hints.OpenedFile(file, System.currentTimeMillis()));
    KeyStore store = KeyStore.getInstance("JKS");
    try (java.io.InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    rotation.keyStoreLoaded(store, PASSWORD);
    return store;
  }

  KeyManager[] keyManagers(KeyStore store) throws Exception {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, PASSWORD);
    rotation.interceptor().factoryInit(factory, store, PASSWORD);
    return rotation.interceptor().keyManagers(factory, factory.getKeyManagers());
  }

  SSLContext context(KeyManager... managers) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(rotation.interceptor().contextInit(context, managers), null, null);
    kept.add(context);
    return context;
  }

  Fingerprint presented(SSLContext context, Identity like) throws Exception {
    return proof.presents(context, like.leaf(), null);
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  void awaitPresented(SSLContext context, Identity identity) {
    await(
        () -> {
          try {
            return presented(context, identity).equals(identity.fingerprint());
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  void awaitRotations(long count) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (rotation.status().getCounters().get("rotations") != count) {
      assertThat(System.nanoTime()).as("%s", rotation.status().getCounters()).isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  void awaitFollowed() {
    await(() -> rotation.status() != null && !rotation.status().getIdentities().isEmpty());
  }
}
