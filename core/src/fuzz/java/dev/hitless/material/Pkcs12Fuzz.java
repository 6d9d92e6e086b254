package dev.hitless.material;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.TestCa;
import java.nio.file.Paths;
import java.security.SecureRandom;
import java.util.Collections;

/** PKCS12 files with one byte of a good one changed, cut or put in: rewriting takes them apart. */
class Pkcs12Fuzz {
  private static final TestCa CA = TestCa.create("root");
  private static final Identity IDENTITY = CA.issue("EC", "a.example");
  private static final Identity NEXT = CA.issue("EC", "a.example");
  private static final byte[] GOOD = KeyStores.pkcs12("a", IDENTITY, "changeit");
  private static final Location LOCATION =
      Location.keyStore(
          Paths.get("a.p12"), "PKCS12", null, "changeit".toCharArray(), Collections.emptyList());

  @FuzzTest(maxDuration = "15s")
  void rewrites(byte[] changes) {
    byte[] content = GOOD.clone();
    for (int i = 0; i + 2 < changes.length; i += 3) {
      int place = (((changes[i] & 0xff) << 8) | (changes[i + 1] & 0xff)) % content.length;
      content[place] = changes[i + 2];
    }
    try {
      MaterialWriter.rewrite(
          LOCATION, Collections.singletonList(content), "a", IDENTITY, NEXT, new SecureRandom());
    } catch (MaterialException e) {
      return;
    }
  }
}
