package dev.hitless.renew.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Fingerprint;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final Fingerprint BEFORE = Fingerprint.ofBytes(new byte[] {1});
  private static final Fingerprint AFTER = Fingerprint.ofBytes(new byte[] {2});
  private static final String ID = "1764061200000-0badcafe";

  @Test
  void readsWhatItWrote() {
    Manifest read = Manifest.decode(manifest("tls key\u00e9\n.pem", "../private").encode());
    assertThat(read).isNotNull();
    assertThat(read.id).isEqualTo(ID);
    assertThat(read.others).containsExactly("../private");
    assertThat(read.entries.get(0).name).isEqualTo("tls key\u00e9\n.pem");
    assertThat(read.entries.get(0).before).isEqualTo(BEFORE);
    assertThat(read.entries.get(0).after).isEqualTo(AFTER);
  }

  @Test
  void refusesToNameAFileElsewhere() {
    for (String name : Arrays.asList("../passwd", "/etc/passwd", "..", ".", "")) {
      assertThat(Manifest.decode(manifest(name, "").encode())).as(name).isNull();
    }
  }

  @Test
  void takesNothingThatWasDamagedAnywhere() {
    byte[] whole = manifest("tls.key", "../private").encode();
    for (int i = 0; i < whole.length; i++) {
      assertThat(Manifest.decode(Arrays.copyOf(whole, i))).as("cut at " + i).isNull();
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = whole.clone();
        damaged[i] ^= (byte) (1 << bit);
        assertThat(Manifest.decode(damaged)).as("bit " + bit + " of byte " + i).isNull();
      }
    }
  }

  @Test
  void neverThrowsWhateverItReads() {
    Random random = new Random(42);
    byte[] whole = manifest("tls.key", "../private").encode();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = random.nextBoolean() ? new byte[random.nextInt(300)] : whole.clone();
      for (int changes = random.nextInt(20); changes > 0 && bytes.length > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertThat(Arrays.equals(bytes, whole) || Manifest.decode(bytes) == null).isTrue();
    }
  }

  @Test
  void neverThrowsAtLinesThatAreChecksummedButStrange() {
    Random random = new Random(43);
    String[] words = {"id", "home", "other", "file", ID, "Li4=", "%%", "", BEFORE.hex(), "\u20ac"};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("hitless-journal 1\n");
      for (int line = random.nextInt(6); line > 0; line--) {
        for (int word = random.nextInt(5); word >= 0; word--) {
          text.append(words[random.nextInt(words.length)]).append(word == 0 ? '\n' : ' ');
        }
      }
      byte[] body = text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      text.append("sum ").append(Fingerprint.ofBytes(body)).append('\n');
      Manifest read =
          Manifest.decode(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(read == null || read.id.equals(ID)).isTrue();
    }
  }

  private static Manifest manifest(String name, String other) {
    return new Manifest(
        ID,
        "",
        other.isEmpty() ? Collections.emptyList() : Collections.singletonList(other),
        Collections.singletonList(new Manifest.Entry(name, BEFORE, AFTER)));
  }
}
