package dev.hitless.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.testing.TestCa;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Native copies of keys are made once for each generation, and freed when nobody uses them. */
final class NettyKeysTest {
  private static final TestCa CA = TestCa.create("netty");
  private static final Identity OLD = CA.issue("EC", "a.example");
  private static final Identity NEW = CA.issue("EC", "a.example");
  private static final Identity RSA = CA.issue("RSA", "a.example");

  private final List<String> told = new ArrayList<>();
  private final NettyKeys keys =
      new NettyKeys(
          new Interceptor.Listener() {
            @Override
            public void found(RotatingKeyManager manager) {}

            @Override
            public void standsAside(String why) {
              told.add(why);
            }
          });
  private final Object provider = new Object();
  private SwappingServer server;
  private RotatingKeyManager manager;

  /** As Netty's, a public interface. */
  public interface ReferenceCounted {
    ReferenceCounted retain();

    boolean release();
  }

  /** Between what counts and what is counted, as in Netty. */
  private interface Material extends ReferenceCounted {}

  /** Native memory, which must not be used once it is freed. */
  private static final class Native implements Material {
    final X509Certificate[] chain;
    final boolean fits;
    private int references = 1;

    Native(Identity key, X509Certificate[] chain) {
      this.chain = chain;
      this.fits = key.chain().equals(Arrays.asList(chain));
    }

    Native(X509Certificate[] chain) {
      this.chain = chain;
      this.fits = true;
    }

    @Override
    public synchronized ReferenceCounted retain() {
      if (references == 0) {
        throw new IllegalStateException("freed");
      }
      references++;
      return this;
    }

    @Override
    public synchronized boolean release() {
      if (references == 0) {
        throw new IllegalStateException("freed");
      }
      return --references == 0;
    }

    synchronized int references() {
      return references;
    }
  }

  @BeforeEach
  void provide() throws Exception {
    server = SwappingServer.rotating("SunX509", OLD, SwappingServer.Setup.DIRECT);
    manager = server.managers().get(0);
    keys.provided(provider, manager);
  }

  /** What the woven method does in a handshake; the caller releases it. */
  private Native chosen(String alias) {
    Object known = keys.choose(provider, alias);
    return known instanceof Native
        ? (Native) known
        : (Native) keys.made(known, new Native(manager.getCertificateChain(alias)));
  }

  private Native handshake(String type) {
    Native material = chosen(manager.chooseServerAlias(type, null, null));
    material.release();
    return material;
  }

  @Test
  void makesOneForEachGeneration() throws Exception {
    Native first = handshake("EC");
    assertThat(handshake("EC")).isSameAs(first);
    assertThat(first.chain).isEqualTo(OLD.chainArray());
    assertThat(first.references()).isEqualTo(1);

    server.swap().to(NEW);

    Native second = handshake("EC");
    assertThat(handshake("EC")).isSameAs(second);
    assertThat(second.chain).isEqualTo(NEW.chainArray());
    assertThat(first.references()).isZero();
    assertThat(second.references()).isEqualTo(1);
  }

  @Test
  void followsAChangeOfTheKindOfKey() throws Exception {
    Native first = handshake("EC");

    server.swap().to(RSA);

    assertThat(handshake("RSA").chain).isEqualTo(RSA.chainArray());
    assertThat(first.references()).isZero();
  }

  @Test
  void aHandshakeOnItsWayGetsTheGenerationThatItWasChosenIn() throws Exception {
    String alias = manager.chooseServerAlias("EC", null, null);
    server.swap().to(NEW);
    handshake("EC");

    Native material = chosen(alias);

    assertThat(material.chain).isEqualTo(OLD.chainArray());
    material.release();
    assertThat(handshake("EC").chain).isEqualTo(NEW.chainArray());
  }

  @Test
  void whatIsInUseIsFreedByItsLastUser() throws Exception {
    Native used = chosen(manager.chooseServerAlias("EC", null, null));
    server.swap().to(NEW);
    handshake("EC");

    assertThat(used.references()).isEqualTo(1);
    assertThat(used.release()).isTrue();
  }

  @Test
  void freesAllWithItsProvider() {
    Native material = handshake("EC");

    keys.destroyed(provider);

    assertThat(material.references()).isZero();
    assertThat(keys.choose(provider, "server")).isNull();
    keys.destroyed(provider);
  }

  @Test
  void keepsNothingThatWasMadeWhileItsProviderWasDestroyed() {
    String alias = manager.chooseServerAlias("EC", null, null);
    Object wanted = keys.choose(provider, alias);
    keys.destroyed(provider);

    Native material = (Native) keys.made(wanted, new Native(OLD.chainArray()));

    assertThat(material.release()).isTrue();
  }

  @Test
  void makesAgainWhatWasFreedMeanwhile() {
    Native freed = handshake("EC");
    freed.release(); // as if another thread had found the next generation just now

    Native again = handshake("EC");

    assertThat(again).isNotSameAs(freed);
    assertThat(again.references()).isEqualTo(1);
  }

  @Test
  void whereOpensslRefusesTheOneBeforeServesOn() throws Exception {
    Object first = keys.choose(provider, manager.chooseServerAlias("EC", null, null));
    assertThat(keys.refused(first, new IllegalStateException("no such key"))).isNull();
    Native before = handshake("EC");
    server.swap().to(NEW);
    Object wanted = keys.choose(provider, manager.chooseServerAlias("EC", null, null));

    Object answer = keys.refused(wanted, new IllegalStateException("no such key"));

    assertThat(answer).isSameAs(before);
    assertThat(before.references()).isEqualTo(2);
    assertThat(told).hasSize(2).allMatch(line -> line.contains("no such key"));
    assertThat(told.get(1)).contains(Fingerprint.of(NEW.leaf()).hex());
    before.release();
    assertThat(handshake("EC").chain).isEqualTo(NEW.chainArray());
  }

  @Test
  void leavesAloneWhatIsNotOurs() {
    Object other = new Object();
    keys.provided(other, new HandKeyManager(OLD));

    assertThat(keys.choose(other, HandKeyManager.ALIAS)).isNull();
    assertThat(keys.choose(provider, "an alias that it does not have")).isNull();
    assertThat(keys.choose(provider, null)).isNull();
  }

  /** Generations alternate thousands of times a second under handshakes on several threads. */
  @Test
  void neverMixesGenerationsNorUsesWhatIsFreed() throws Exception {
    int threads = 4;
    AtomicInteger made = new AtomicInteger();
    Queue<Native> all = new ConcurrentLinkedQueue<>();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Swapper swapper = new Swapper(server.swap(), Arrays.asList(NEW, OLD))) {
      Callable<Integer> handshakes =
          () -> {
            int sound = 0;
            for (int i = 0; i < 5_000; i++) {
              String alias = manager.chooseServerAlias("EC", null, null);
              Object known = keys.choose(provider, alias);
              Native material;
              if (known instanceof Native) {
                material = (Native) known;
              } else {
                made.incrementAndGet();
                Identity key = manager.getPrivateKey(alias).equals(OLD.key()) ? OLD : NEW;
                material =
                    (Native) keys.made(known, new Native(key, manager.getCertificateChain(alias)));
                all.add(material);
              }
              boolean ofItsGeneration =
                  Arrays.equals(material.chain, manager.getCertificateChain(alias));
              sound += material.fits && ofItsGeneration && material.references() > 0 ? 1 : 0;
              material.release();
            }
            return sound;
          };
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(pool.submit(handshakes));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(5_000);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(made.get()).isGreaterThan(1);
    keys.destroyed(provider);
    assertThat(all).hasSize(made.get()).allMatch(each -> each.references() == 0);
  }
}
