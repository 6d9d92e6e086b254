package dev.hitless.follow;

import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens keystores for the certificates that they trust, with the passwords that the process used.
 * Owned by the thread of one {@link TrustFinder}; opens each file once.
 */
final class TrustStores {
  private static final int MOST_PASSWORDS = 64;

  private final List<char @Nullable []> passwords = new ArrayList<>();
  private final List<String> foreignTypes;
  private final Map<Sniffed, @Nullable FoundTrust> opened = new HashMap<>();

  TrustStores(Hints hints) {
    for (char[] password : hints.passwords()) {
      if (passwords.size() < MOST_PASSWORDS) {
        passwords.add(password);
      }
    }
    passwords.add(new char[0]);
    this.foreignTypes = KeyStoreSearch.foreignTypes(hints.types());
  }

  /** Returns what the keystore trusts; null if nothing, or no password opens it. */
  @Nullable FoundTrust open(Sniffed file) {
    if (!opened.containsKey(file)) {
      FoundTrust found = null;
      List<String> types =
          file.format.isKeyStore() ? Collections.singletonList(file.format.name()) : foreignTypes;
      for (String type : types) {
        found = found == null ? open(file, type) : found;
      }
      opened.put(file, found);
    }
    return opened.get(file);
  }

  /** A password checks integrity too, so what shows all without one is still tried with each. */
  private @Nullable FoundTrust open(Sniffed file, String type) {
    FoundTrust without = open(file, type, null);
    boolean showsAll = type.equals("JKS") || type.equals("JCEKS");
    if (showsAll && without == null) {
      return null;
    }
    for (char[] password : passwords) {
      FoundTrust found = open(file, type, password);
      if (found != null) {
        return found;
      }
    }
    return without;
  }

  private static @Nullable FoundTrust open(Sniffed file, String type, char @Nullable [] password) {
    Location location =
        Location.keyStore(file.path, type, null, password, Collections.<char[]>emptyList());
    try {
      return FoundTrust.parse(new TrustFiles(location), Collections.singletonList(file.content));
    } catch (MaterialException e) {
      return null;
    }
  }
}
