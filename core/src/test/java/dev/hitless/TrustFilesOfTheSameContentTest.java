package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.config.Settings;
import dev.hitless.follow.Hints;
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
import java.util.function.BooleanSupplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Each trust manager follows the file that it was made of, though another held the same. */
@Isolated("sets system properties")
class TrustFilesOfTheSameContentTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final X509Certificate ONE = TestCa.create("one").certificate();
  private static final X509Certificate TWO = TestCa.create("two").certificate();
  private static final X509Certificate THREE = TestCa.create("three").certificate();
  private static final List<String> NAMING =
      Arrays.asList(
          "javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword", "hitless.test.bundle");

  @TempDir Path directory;
  private final List<Hints.OpenedFile> opened = new CopyOnWriteArrayList<>();
  private final Properties properties = new Properties();
  private Rotation rotation;
  private @Nullable Thread thread;

  @BeforeEach
  void prepare() {
    properties.setProperty("hitless.log.level", "error");
    properties.setProperty("hitless.poll", "50ms");
    create();
  }

  @AfterEach
  void stop() throws InterruptedException {
    NAMING.forEach(System::clearProperty);
    if (thread != null) {
      rotation.stop();
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private void create() {
    rotation =
        new Rotation(
            Settings.read(null, properties),
            most -> new ArrayList<>(opened),
            Collections::<String, String>emptyMap);
  }

  private void start() {
    thread = new Thread(rotation, "hitless");
    thread.setDaemon(true);
    thread.start();
  }

  private Path write(String name, byte[] content) throws Exception {
    Path temporary = Files.write(directory.resolve(name + ".new"), content);
    return Files.move(temporary, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path store(String name, X509Certificate... trusted) throws Exception {
    return write(name, KeyStores.bytes(KeyStores.trusting("PKCS12", trusted), "changeit"));
  }

  private Path bundle(String name, X509Certificate... trusted) throws Exception {
    return write(name, Pems.bytes(Pems.certificates(trusted)));
  }

  private void open(Path file) {
    opened.removeIf(known -> known.path().equals(file)); // as the agent tells it: each path once
    opened.add(0, new Hints.OpenedFile(file, System.currentTimeMillis()));
  }

  private KeyStore load(Path file) throws Exception {
    open(file);
    return loadBytes(Files.readAllBytes(file));
  }

  private KeyStore loadBytes(byte[] content) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new java.io.ByteArrayInputStream(content), PASSWORD);
    rotation.keyStoreLoaded(store, PASSWORD);
    return store;
  }

  private X509TrustManager trustManager(@Nullable KeyStore store) throws Exception {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    rotation.trustInterceptor().factoryInit(factory, store);
    TrustManager[] made =
        rotation.trustInterceptor().trustManagers(factory, factory.getTrustManagers());
    return (X509TrustManager) made[0];
  }

  /** What an application does that parses a bundle itself. */
  private X509TrustManager trustManagerOfBundle(X509Certificate... parsed) throws Exception {
    return trustManager(KeyStores.trusting("JKS", parsed));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 10 s").isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  private static boolean trusts(X509TrustManager manager, X509Certificate... expected) {
    List<X509Certificate> accepted = Arrays.asList(manager.getAcceptedIssuers());
    return accepted.size() == expected.length && accepted.containsAll(Arrays.asList(expected));
  }

  private static void awaitTrusted(X509TrustManager manager, X509Certificate... expected) {
    await(() -> trusts(manager, expected));
  }

  private void awaitFollowed(int number) {
    await(() -> rotation.status() != null && rotation.status().getTrusts().size() == number);
  }

  private void assertEachFollowsItsOwn(
      X509TrustManager ofFirst, Path first, X509TrustManager ofSecond, Path second)
      throws Exception {
    awaitFollowed(2);
    store(second.getFileName().toString(), ONE, TWO);
    awaitTrusted(ofSecond, ONE, TWO);
    assertThat(trusts(ofFirst, ONE)).isTrue();
    store(first.getFileName().toString(), THREE);
    awaitTrusted(ofFirst, THREE);
    assertThat(trusts(ofSecond, ONE, TWO)).isTrue();
  }

  @Test
  void bothWereLoadedBeforeATrustManagerWasMadeOfEither() throws Exception {
    Path first = store("first.p12", ONE);
    Path second = store("second.p12", ONE);
    KeyStore ofFirst = load(first);
    KeyStore ofSecond = load(second);
    start();
    assertEachFollowsItsOwn(trustManager(ofFirst), first, trustManager(ofSecond), second);
  }

  @Test
  void theyWereMadeInTheOtherOrder() throws Exception {
    Path first = store("first.p12", ONE);
    Path second = store("second.p12", ONE);
    KeyStore ofFirst = load(first);
    KeyStore ofSecond = load(second);
    start();
    X509TrustManager two = trustManager(ofSecond);
    assertEachFollowsItsOwn(trustManager(ofFirst), first, two, second);
  }

  @Test
  void oneIsTheStandardOneAndWasMadeLast() throws Exception {
    Path named = nameStandard(store("named.p12", ONE));
    Path other = store("other.p12", ONE);
    start();
    X509TrustManager ofOther = trustManager(load(other));
    awaitFollowed(1);
    assertEachFollowsItsOwn(trustManager(null), named, ofOther, other);
  }

  @Test
  void oneIsTheStandardOneAndWasMadeBetweenTheLoadingAndTheMakingOfTheOther() throws Exception {
    Path named = nameStandard(store("named.p12", ONE));
    Path other = store("other.p12", ONE);
    KeyStore ofOther = load(other);
    start();
    X509TrustManager standard = trustManager(null);
    awaitFollowed(1);
    assertEachFollowsItsOwn(standard, named, trustManager(ofOther), other);
  }

  private static Path nameStandard(Path file) {
    System.setProperty("javax.net.ssl.trustStore", file.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    return file;
  }

  @Test
  void oneIsMerelyNamedAndTheOtherIsOpenedAgainBeforeItIsSearchedFor() throws Exception {
    System.setProperty("hitless.test.bundle", bundle("named.pem", ONE).toString());
    Path read = bundle("read.pem", ONE);
    open(read);
    X509TrustManager manager = trustManagerOfBundle(ONE);
    long made = System.currentTimeMillis();
    await(() -> System.currentTimeMillis() > made);
    open(read);
    start();
    awaitFollowed(1);
    bundle("read.pem", ONE, TWO);
    awaitTrusted(manager, ONE, TWO);
  }

  @Test
  void aContextIsMadeAnewOfWhatWasLoadedFromTheOneThatChanged() throws Exception {
    Path first = store("first.p12", ONE);
    Path second = store("second.p12", ONE);
    KeyStore ofFirst = load(first);
    KeyStore ofSecond = load(second);
    start();
    X509TrustManager two = trustManager(ofSecond);
    X509TrustManager one = trustManager(ofFirst);
    awaitFollowed(2);
    store("second.p12", ONE, TWO);
    awaitTrusted(two, ONE, TWO);
    awaitTrusted(trustManager(ofSecond), ONE, TWO);
    assertThat(trusts(one, ONE)).isTrue();
  }
}
