package dev.hitless.material;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Collections;

/** Keystores, as servers are given them. */
class KeyStoreFuzz {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @FuzzTest(maxDuration = "15s")
  void reads(FuzzedDataProvider data) {
    String type = data.pickValue(new String[] {"PKCS12", "JKS", "JCEKS"});
    byte[] content = data.consumeRemainingAsBytes();
    try {
      KeyStoreReader.leaves(content, type, null, PASSWORD);
      KeyStoreReader.read(content, type, null, PASSWORD, Collections.emptyList());
    } catch (MaterialException e) {
      return;
    }
  }
}
