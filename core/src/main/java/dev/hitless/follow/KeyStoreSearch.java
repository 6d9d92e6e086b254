package dev.hitless.follow;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.KeyStoreReader;
import dev.hitless.material.MaterialException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for served certificates in keystores, and for the passwords that open them. Owned by the
 * thread of one {@link OriginFinder}; opens each file once.
 */
final class KeyStoreSearch {
  /** A keystore whose entries are visible; its keys are opened when one is wanted. */
  private static final class Opened {
    final String type;
    final char @Nullable [] storePassword;
    final Map<String, Fingerprint> leaves;
    boolean keysTried;
    @Nullable IdentityOrigin origin;
    @Nullable Contents contents;

    Opened(String type, char @Nullable [] storePassword, Map<String, Fingerprint> leaves) {
      this.type = type;
      this.storePassword = storePassword;
      this.leaves = leaves;
    }
  }

  private static final int MOST_PASSWORDS = 64;

  private final List<char[]> passwords;
  private final List<String> foreignTypes;
  private final Map<Sniffed, @Nullable Opened> opened = new HashMap<>();

  KeyStoreSearch(Hints hints) {
    List<char[]> candidates = new ArrayList<>(hints.passwords());
    candidates.add(new char[0]);
    this.passwords = candidates.subList(0, Math.min(candidates.size(), MOST_PASSWORDS));
    this.foreignTypes = foreignTypes(hints.types());
  }

  /** Returns the types that files of unknown format may be read as. */
  static List<String> foreignTypes(List<String> types) {
    List<String> foreign = new ArrayList<>();
    for (String type : types) {
      String upper = type.toUpperCase(Locale.ROOT);
      if (!upper.matches("PKCS12|JKS|JCEKS|CASEEXACTJKS|DKS|PKCS11|WINDOWS-.*|KEYCHAIN.*")
          && !foreign.contains(type)) {
        foreign.add(type);
      }
    }
    return foreign;
  }

  /** Returns the origin that holds the very leaf, or null. */
  @Nullable Found exact(Sniffed file, X509Certificate leaf) {
    Opened store = open(file);
    Fingerprint wanted = Fingerprint.of(leaf);
    if (store == null || !store.leaves.containsValue(wanted)) {
      return null;
    }
    return Matches.exact(origin(store, file), store.contents, leaf);
  }

  /** Returns the origin that holds a successor of the leaf, or null. */
  @Nullable Found successor(Sniffed file, X509Certificate leaf) {
    Opened store = file.changedSinceOpened ? open(file) : null;
    return store == null ? null : Matches.successor(origin(store, file), store.contents, leaf);
  }

  private @Nullable Opened open(Sniffed file) {
    if (!opened.containsKey(file)) {
      Opened store = null;
      List<String> types =
          file.format.isKeyStore() ? Collections.singletonList(file.format.name()) : foreignTypes;
      for (String type : types) {
        store = store == null ? open(file.content, type) : store;
      }
      opened.put(file, store);
    }
    return opened.get(file);
  }

  private @Nullable Opened open(byte[] content, String type) {
    Opened withoutPassword = tryPassword(content, type, null);
    boolean showsAll = type.equals("JKS") || type.equals("JCEKS");
    if (showsAll && (withoutPassword == null || withoutPassword.leaves.isEmpty())) {
      return null;
    }
    for (char[] password : passwords) {
      Opened store = tryPassword(content, type, password);
      if (store != null) {
        return store;
      }
    }
    return withoutPassword;
  }

  /** Returns the keystore if the password opens it, although it may hold no key; else null. */
  private static @Nullable Opened tryPassword(
      byte[] content, String type, char @Nullable [] password) {
    try {
      Map<String, Fingerprint> leaves = KeyStoreReader.leaves(content, type, null, password);
      return new Opened(type, password, leaves);
    } catch (MaterialException e) {
      return null;
    }
  }

  private @Nullable IdentityOrigin origin(Opened store, Sniffed file) {
    if (store.keysTried || store.leaves.isEmpty()) {
      return store.origin;
    }
    store.keysTried = true;
    List<char[]> needed = new ArrayList<>();
    keep(store, file, needed);
    for (char[] password : passwords) {
      Contents contents = store.contents;
      if (contents != null && contents.identities().size() >= store.leaves.size()) {
        break;
      }
      needed.add(password);
      if (!keep(store, file, needed)) {
        needed.remove(needed.size() - 1);
      }
    }
    return store.origin;
  }

  /** Takes a further key password if it opens more keys than those before. */
  private static boolean keep(Opened store, Sniffed file, List<char[]> keyPasswords) {
    IdentityOrigin origin =
        new KeyStoreOrigin(file.path, store.type, null, store.storePassword, keyPasswords);
    try {
      Contents contents = origin.parse(Collections.singletonList(file.content));
      Contents before = store.contents;
      if (before == null || contents.identities().size() > before.identities().size()) {
        store.origin = origin;
        store.contents = contents;
        return true;
      }
    } catch (MaterialException e) {
      return false;
    }
    return false;
  }
}
