package dev.hitless;

import dev.hitless.config.ConfiguredIdentity;
import dev.hitless.follow.Contents;
import dev.hitless.follow.Found;
import dev.hitless.follow.IdentityOrigin;
import dev.hitless.follow.KeyStoreOrigin;
import dev.hitless.follow.PemOrigin;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.material.Names;
import dev.hitless.report.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The identities that a person bound by {@code hitless.identity.<name>.…}.
 *
 * <p>Owned by the hitless thread.
 */
final class Configured {
  private final List<ConfiguredIdentity> identities;
  private final Log log;

  Configured(List<ConfiguredIdentity> identities, Log log) {
    this.identities = identities;
    this.log = log;
  }

  /** Returns the configured origin that is to take the place of a served leaf, or null. */
  @Nullable Found find(X509Certificate leaf) {
    for (ConfiguredIdentity identity : identities) {
      try {
        if (isFor(identity, leaf)) {
          Found found = found(identity, leaf);
          if (found != null) {
            return found;
          }
        }
      } catch (MaterialException | IOException | RuntimeException e) {
        log.warnOnce(identity + " cannot be used and is tried again: " + e.getMessage());
      }
    }
    return null;
  }

  private static boolean isFor(ConfiguredIdentity identity, X509Certificate leaf) {
    String place = identity.takesPlaceOf();
    if (place == null) {
      return true;
    }
    return place.replace(":", "").equalsIgnoreCase(Fingerprint.of(leaf).hex())
        || Names.of(leaf).contains(place.toLowerCase(Locale.ROOT));
  }

  private static @Nullable Found found(ConfiguredIdentity identity, X509Certificate leaf)
      throws MaterialException, IOException {
    IdentityOrigin origin = origin(identity);
    Contents contents = origin.parse(origin.read());
    String wanted = identity.alias();
    for (Map.Entry<String, Identity> entry : contents.identities().entrySet()) {
      if (entry.getValue().leaf().equals(leaf)) {
        return new Found(origin, entry.getKey(), contents, true);
      }
    }
    for (Map.Entry<String, Identity> entry : contents.identities().entrySet()) {
      boolean named =
          wanted == null
              ? contents.identities().size() == 1
              : entry.getKey().equalsIgnoreCase(wanted);
      // Without .for, it must at least be for the same names; with it, a person has decided.
      if (named && (identity.takesPlaceOf() != null || sameNames(entry.getValue(), leaf))) {
        return new Found(origin, entry.getKey(), contents, false);
      }
    }
    return null;
  }

  private static boolean sameNames(Identity identity, X509Certificate leaf) {
    return Names.of(identity.leaf()).equals(Names.of(leaf));
  }

  private static IdentityOrigin origin(ConfiguredIdentity identity) throws IOException {
    char[] password = password(identity.password(), identity.passwordFile());
    char[] keyPassword = password(identity.keyPassword(), identity.keyPasswordFile());
    List<char[]> keyPasswords = new ArrayList<>();
    if (keyPassword != null) {
      keyPasswords.add(keyPassword);
    }
    if (password != null) {
      keyPasswords.add(password);
    }
    String keyStore = identity.keyStore();
    if (keyStore != null) {
      String type = identity.type();
      return new KeyStoreOrigin(
          Paths.get(keyStore), type == null ? "PKCS12" : type, null, password, keyPasswords);
    }
    List<Path> files = new ArrayList<>();
    for (String file : Arrays.asList(identity.certificate(), identity.key())) {
      if (file != null) {
        files.add(Paths.get(file));
      }
    }
    return new PemOrigin(files, keyPasswords);
  }

  /** Returns a password, or null if there is neither text nor a file whose first line it is. */
  static char @Nullable [] password(@Nullable String text, @Nullable String file)
      throws IOException {
    if (text != null || file == null) {
      return text == null ? null : text.toCharArray();
    }
    List<String> lines = Files.readAllLines(Paths.get(file), StandardCharsets.UTF_8);
    return lines.isEmpty() ? new char[0] : lines.get(0).toCharArray();
  }

  /** Returns the configured identities; unmodifiable. */
  List<ConfiguredIdentity> identities() {
    return Collections.unmodifiableList(identities);
  }
}
