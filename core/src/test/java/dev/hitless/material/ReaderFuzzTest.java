package dev.hitless.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Mutations;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import dev.hitless.testing.Vectors;
import java.lang.management.ManagementFactory;
import java.nio.file.Paths;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever bytes a file or an issuer gives, reading them ends, in little memory, with a {@link
 * MaterialException} at the worst. {@code -Dhitless.fuzz.rounds=100000} makes a longer run of it,
 * {@code -Dhitless.fuzz.seed=…} another.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReaderFuzzTest {
  private static final int ROUNDS = Integer.getInteger("hitless.fuzz.rounds", 250);
  private static final long SEED = Long.getLong("hitless.fuzz.seed", 11);

  /** Far above what any of the inputs, of a few kilobytes, can need. */
  private static final long MOST_BYTES = 256L << 20;

  private static final Identity IDENTITY = TestCa.create("root").issue("EC", "a.example");
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final List<char[]> PASSWORDS = Collections.singletonList(PASSWORD);
  private static final List<String> PEM =
      Arrays.asList(
          "rsa.pkcs1.pem",
          "rsa.pkcs1-des3.pem",
          "rsapss.key.pem",
          "p256.sec1.pem",
          "p256.sec1-aes256.pem",
          "p256.explicit.pem",
          "p256.scrypt.pem",
          "p256.bag-attributes.pem",
          "p256.pbe-sha1-rc2-40.pem",
          "p256.pbes2-hmacWithSHA256.pem");

  private static final String[] WORDS = {
    "-----BEGIN PRIVATE KEY-----\n",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\n",
    "-----BEGIN EC PRIVATE KEY-----\n",
    "-----BEGIN RSA PRIVATE KEY-----\n",
    "-----BEGIN CERTIFICATE-----\n",
    "-----END CERTIFICATE-----\n",
    "-----END PRIVATE KEY-----\n",
    "-----BEGIN EC PARAMETERS-----\n",
    "Proc-Type: 4,ENCRYPTED\n",
    "DEK-Info: AES-256-CBC,00\n",
    "DEK-Info: DES-EDE3-CBC,0123456789ABCDEF\n",
    "Bag Attributes\n",
    "=",
    "====",
    "\r\n",
    "\u0000",
    "\ufeff"
  };

  /** Something that reads. */
  private interface Reading {
    void read(byte[] content) throws MaterialException;
  }

  @Test
  void ofPemAndDer() {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(Pems.bytes(Pems.combined(IDENTITY)));
    seeds.add(Pems.bytes(Pems.encryptedKey(IDENTITY, "changeit")));
    seeds.add(Pems.bytes(Pems.pkcs1(TestCa.create("r").issue("RSA", "r.example"))));
    seeds.add(Pems.sec1WithoutCurve(IDENTITY));
    seeds.add(IDENTITY.key().getEncoded());
    for (String vector : PEM) {
      seeds.add(Vectors.read(vector));
    }
    byte[] chain = Pems.bytes(Pems.chain(IDENTITY));
    run(
        new Mutations(SEED, seeds, WORDS),
        content -> {
          PemReader.holdsKey(content);
          assertThat(PemReader.read(Arrays.asList(content, chain), PASSWORDS)).isNotEmpty();
        });
  }

  /** What a command writes in the place of a chain. */
  @Test
  void ofTheOutputOfAnIssuer() {
    List<byte[]> seeds =
        Arrays.asList(
            Pems.bytes(Pems.chain(IDENTITY)),
            Pems.bytes("error: no\n" + Pems.chain(IDENTITY)),
            Vectors.read("p256.crt.pem"));
    run(new Mutations(SEED, seeds, WORDS), content -> PemReader.certificates(content));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JKS", "JCEKS"})
  void ofKeyStores(String type) {
    List<byte[]> seeds = Collections.singletonList(KeyStores.of(type, "a", IDENTITY, "changeit"));
    run(
        new Mutations(SEED, seeds),
        content -> {
          KeyStoreReader.leaves(content, type, null, PASSWORD);
          KeyStoreReader.read(content, type, null, PASSWORD, Collections.emptyList());
        });
  }

  /** Rewriting takes PKCS12 apart with a parser of our own. */
  @Test
  void ofKeyStoresThatAreRewritten() {
    byte[] good = KeyStores.of("PKCS12", "a", IDENTITY, "changeit");
    Location location =
        Location.keyStore(Paths.get("a.p12"), "PKCS12", null, PASSWORD, Collections.emptyList());
    Identity next = TestCa.create("root").issue("EC", "a.example");
    run(
        new Mutations(SEED, Collections.singletonList(good)),
        content ->
            MaterialWriter.rewrite(
                location,
                Collections.singletonList(content),
                "a",
                IDENTITY,
                next,
                new SecureRandom()));
  }

  private static void run(Mutations mutations, Reading reading) {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] content = mutations.next();
      long before = allocated();
      try {
        reading.read(content);
      } catch (MaterialException e) {
        assertThat(e.reason()).isNotNull();
        assertThat(String.valueOf(e.getMessage())).doesNotContain("changeit");
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail("round " + round + ": " + Base64.getEncoder().encodeToString(content), e);
      }
      assertThat(allocated() - before)
          .as("bytes for round %d: %s", round, Base64.getEncoder().encodeToString(content))
          .isLessThan(MOST_BYTES);
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
