package dev.hitless.material;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Collections;

/** PEM and DER: certificates, keys of all kinds, and what an issuer gives back. */
class PemFuzz {
  @FuzzTest(maxDuration = "15s")
  void reads(FuzzedDataProvider data) {
    byte[] first = data.consumeBytes(4_000);
    byte[] second = data.consumeRemainingAsBytes();
    try {
      PemReader.certificates(first);
    } catch (MaterialException e) {
      // As it should be for what holds none.
    }
    try {
      PemReader.holdsKey(first);
      PemReader.read(
          Arrays.asList(first, second), Collections.singletonList("changeit".toCharArray()));
    } catch (MaterialException e) {
      return;
    }
  }
}
