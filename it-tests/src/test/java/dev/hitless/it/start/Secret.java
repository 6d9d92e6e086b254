package dev.hitless.it.start;

import dev.hitless.material.Identity;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/** How secrets look when they are written somewhere. */
final class Secret {
  /** So long that no text contains it by chance. */
  private static final int PART = 16;

  private Secret() {}

  /** Returns texts of which none may be found: of passwords, and of parts of EC private keys. */
  static Set<String> traces(Collection<Identity> identities, Collection<String> passwords) {
    Set<String> traces = new LinkedHashSet<>();
    for (String password : passwords) {
      traces.add(password);
      traces.addAll(encoded(password.getBytes(StandardCharsets.UTF_8)));
    }
    for (Identity identity : identities) {
      ECPrivateKey key = (ECPrivateKey) identity.key();
      traces.add(key.getS().toString());
      byte[] number = key.getS().toByteArray();
      traces.addAll(encoded(number));
      byte[] half = new byte[PART];
      System.arraycopy(number, number.length - PART, half, 0, PART);
      traces.addAll(encoded(half));
    }
    return traces;
  }

  /** In hex, and in Base64 wherever in three bytes it begins. */
  private static Set<String> encoded(byte[] secret) {
    Set<String> encoded = new LinkedHashSet<>();
    encoded.add(HexFormat.of().formatHex(secret));
    encoded.add(HexFormat.ofDelimiter(":").formatHex(secret));
    encoded.add(HexFormat.ofDelimiter(", ").formatHex(secret));
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + secret.length];
      System.arraycopy(secret, 0, shifted, before, secret.length);
      String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The first characters depend on what is before, the last on what comes after.
      encoded.add(text.substring(before == 0 ? 0 : before + 1, text.length() - 1));
    }
    return encoded;
  }
}
