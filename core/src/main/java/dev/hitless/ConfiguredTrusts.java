package dev.hitless;

import dev.hitless.config.ConfiguredTrust;
import dev.hitless.config.StandardTrust;
import dev.hitless.follow.FileChange;
import dev.hitless.follow.FoundTrust;
import dev.hitless.follow.TrustDirectory;
import dev.hitless.follow.TrustFiles;
import dev.hitless.follow.TrustOrigin;
import dev.hitless.material.Format;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.material.Trust;
import dev.hitless.report.Log;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The origins of trusted certificates that a person named: by {@code hitless.trust.<name>.…}, or by
 * {@code javax.net.ssl.trustStore}.
 *
 * <p>Owned by the hitless thread.
 */
final class ConfiguredTrusts {
  private static final int HEAD = 4096;
  private static final long CLOCK_SLACK_MILLIS = 2000;

  private final List<ConfiguredTrust> trusts;
  private final StandardTrust standard;
  private final Log log;

  ConfiguredTrusts(List<ConfiguredTrust> trusts, StandardTrust standard, Log log) {
    this.trusts = trusts;
    this.standard = standard;
    this.log = log;
  }

  /** Returns whether the JVM's own trust store is the one that came with it. */
  boolean isStandardUnnamed() {
    return !standard.isNamed();
  }

  /** Returns the origin bound by configuration that is to take the place of a set, or null. */
  @Nullable FoundTrust find(Trust own) {
    for (ConfiguredTrust trust : trusts) {
      String place = trust.takesPlaceOf();
      if (place == null || place.replace(":", "").equalsIgnoreCase(own.fingerprint().hex())) {
        try {
          FoundTrust found = FoundTrust.read(origin(trust));
          if (place != null || found.trust().equals(own)) {
            return found;
          }
        } catch (MaterialException | IOException | RuntimeException e) {
          log.warnOnce(trust + " cannot be used and is tried again: " + e.getMessage());
        }
      }
    }
    return null;
  }

  private static TrustOrigin origin(ConfiguredTrust trust) throws IOException {
    Path path = Paths.get(trust.file());
    if (Files.isDirectory(path)) {
      return new TrustDirectory(path, TrustDirectory.ENDINGS);
    }
    return file(path, trust.type(), Configured.password(trust.password(), trust.passwordFile()));
  }

  private static TrustOrigin file(Path path, @Nullable String type, char @Nullable [] password)
      throws IOException {
    Format format = formatOf(path);
    Location location =
        type == null && format.isPemOrDer()
            ? Location.pem(Collections.singletonList(path), Collections.<char[]>emptyList())
            : Location.keyStore(
                path,
                type != null && !format.isKeyStore() ? type : named(format),
                null,
                password,
                Collections.<char[]>emptyList());
    return new TrustFiles(location);
  }

  private static String named(Format format) {
    return format.isKeyStore() ? format.name() : KeyStore.getDefaultType();
  }

  private static Format formatOf(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] head = new byte[HEAD];
      int length = Math.max(0, in.read(head));
      return Format.of(Arrays.copyOf(head, length));
    }
  }

  /** Returns what the JVM's own trust store holds now; nothing if it cannot be read. */
  Trust standard() {
    for (String file : standard.files()) {
      Path path = Paths.get(file);
      if (Files.isRegularFile(path)) {
        try {
          return FoundTrust.read(file(path, standard.type(), standard.password())).trust();
        } catch (MaterialException | IOException | RuntimeException e) {
          break; // it tells nothing, so the rule without it holds
        }
      }
    }
    return Trust.of(Collections.<X509Certificate>emptySet());
  }

  /**
   * Returns where the JVM's own trust store is: a file that holds the set, or has changed since it
   * was read.
   *
   * @param madeAtMillis when the trust manager was made, in milliseconds since 1970
   */
  @Nullable FoundTrust findStandard(Trust own, long madeAtMillis) {
    for (String file : standard.files()) {
      Path path = Paths.get(file);
      if (Files.isRegularFile(path)) {
        try {
          boolean changed = FileChange.lastMillis(path) >= madeAtMillis - CLOCK_SLACK_MILLIS;
          FoundTrust found = FoundTrust.read(file(path, standard.type(), standard.password()));
          return changed || found.trust().equals(own) ? found : null;
        } catch (MaterialException | IOException | RuntimeException e) {
          return null; // perhaps in the middle of a replacement
        }
      }
    }
    return null;
  }
}
