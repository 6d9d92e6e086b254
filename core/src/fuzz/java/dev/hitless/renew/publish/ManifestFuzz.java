package dev.hitless.renew.publish;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hitless.material.Fingerprint;
import java.nio.charset.StandardCharsets;

/** The journal, with a sum that is right, since else nothing behind it would be reached. */
class ManifestFuzz {
  @FuzzTest(maxDuration = "15s")
  void reads(FuzzedDataProvider data) {
    boolean begun = data.consumeBoolean();
    String body = (begun ? "hitless-journal 1\nid " : "") + data.consumeRemainingAsString();
    Fingerprint sum = Fingerprint.ofBytes(body.getBytes(StandardCharsets.UTF_8));
    Manifest read = Manifest.decode((body + "sum " + sum + "\n").getBytes(StandardCharsets.UTF_8));
    if (read == null) {
      return;
    }
    for (Manifest.Entry entry : read.entries) {
      if (entry.name.isEmpty()
          || entry.name.equals(".")
          || entry.name.equals("..")
          || entry.name.indexOf('/') >= 0) {
        throw new IllegalStateException("it names a file elsewhere: " + entry.name);
      }
    }
    Manifest again = Manifest.decode(read.encode());
    if (again == null || !again.id.equals(read.id)) {
      throw new IllegalStateException("it does not read what it wrote");
    }
  }
}
