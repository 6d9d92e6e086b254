package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import java.lang.ref.WeakReference;
import java.security.PrivateKey;
import org.junit.jupiter.api.Test;

/** A wrapper of the application's, between JSSE and a rotating manager, has names of its own. */
final class HalfPairsTest {
  private static final TestCa CA = TestCa.create("pairs");
  private static final Identity EC = CA.issue("EC", "a.example");
  private static final Identity RSA = CA.issue("RSA", "a.example");

  private static SwappingServer server() throws Exception {
    return SwappingServer.rotating("SunX509", EC, SwappingServer.Setup.WRAPPED_UNSEEN);
  }

  /** The name as a wrapper has it: equal to what it was given, but another object. */
  private static String own() {
    return new String("server".toCharArray());
  }

  @Test
  void keyAndChainAreOfTheGenerationOfTheChoiceAlthoughItsKeyTypeIsGone() throws Exception {
    SwappingServer server = server();
    RotatingKeyManager manager = server.managers().get(0);

    assertThat(manager.chooseServerAlias("EC", null, null)).isEqualTo("server");
    server.swap().to(RSA);

    assertThat(manager.getPrivateKey(own())).isEqualTo(EC.key());
    assertThat(manager.getCertificateChain(own())).isEqualTo(EC.chainArray());
    assertThat(manager.getPrivateKey(own())).isEqualTo(RSA.key());
    assertThat(manager.getCertificateChain(own())).isEqualTo(RSA.chainArray());
  }

  @Test
  void chainAskedBeforeTheKeyIsOfTheGenerationOfTheChoiceToo() throws Exception {
    SwappingServer server = server();
    RotatingKeyManager manager = server.managers().get(0);

    assertThat(manager.chooseServerAlias("EC", null, null)).isEqualTo("server");
    server.swap().to(RSA);

    assertThat(manager.getCertificateChain(own())).isEqualTo(EC.chainArray());
    assertThat(manager.getPrivateKey(own())).isEqualTo(EC.key());
    assertThat(manager.getCertificateChain(own())).isEqualTo(RSA.chainArray());
  }

  @Test
  void theLatestChoiceCounts() throws Exception {
    SwappingServer server = server();
    RotatingKeyManager manager = server.managers().get(0);

    assertThat(manager.chooseServerAlias("EC", null, null)).isEqualTo("server");
    server.swap().to(RSA);
    assertThat(manager.chooseServerAlias("EC", null, null)).isNull();
    assertThat(manager.chooseServerAlias("RSA", null, null)).isEqualTo("server");

    assertThat(manager.getPrivateKey(own())).isEqualTo(RSA.key());
  }

  @Test
  void aChoiceThatCameBackAsItWasHandedOutIsForgotten() throws Exception {
    SwappingServer server = server();
    RotatingKeyManager manager = server.managers().get(0);

    String tagged = manager.chooseServerAlias("EC", null, null);
    PrivateKey key = manager.getPrivateKey(tagged);
    server.swap().to(RSA);

    assertThat(key).isEqualTo(EC.key());
    assertThat(manager.getPrivateKey(own())).isEqualTo(RSA.key());
  }

  @Test
  void anotherThreadsChoiceIsNobodyElses() throws Exception {
    SwappingServer server = server();
    RotatingKeyManager manager = server.managers().get(0);
    Thread other = new Thread(() -> manager.chooseServerAlias("EC", null, null));
    other.start();
    other.join();
    server.swap().to(RSA);
    assertThat(manager.getPrivateKey(own())).isEqualTo(RSA.key());
  }

  @Test
  void halfAPairKeepsNoManagerThatIsDropped() throws Exception {
    WeakReference<RotatingKeyManager> dropped = withHalfAPair();
    for (int i = 0; i < 100 && dropped.get() != null; i++) {
      System.gc();
    }
    assertThat(dropped.get()).isNull();
  }

  private static WeakReference<RotatingKeyManager> withHalfAPair() throws Exception {
    RotatingKeyManager manager = server().managers().get(0);
    assertThat(manager.chooseServerAlias("EC", null, null)).isNotNull();
    assertThat(manager.getPrivateKey(own())).isEqualTo(EC.key());
    return new WeakReference<>(manager);
  }
}
