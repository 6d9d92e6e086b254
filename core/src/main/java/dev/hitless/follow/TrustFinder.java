package dev.hitless.follow;

import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that a set of trusted certificates was read from, by what the files hold.
 *
 * <p>The proof of an origin is that it, loaded again, yields the same set. Only if none does, a
 * file counts that was replaced since it was opened and still shares half with the set: whoever is
 * trusted must not become another's by a file that merely holds the same authority too.
 *
 * <p>Owned by one thread, which must not be a handshake's: it reads files and may derive keys from
 * passwords. It changes nothing, opens regular files only, and never throws because of what it
 * finds.
 */
public final class TrustFinder {
  private static final int BYTES_PER_CERTIFICATE = 4096;
  private static final int MOST_RIVALS = 8;

  private final Set<X509Certificate> wanted;
  private final List<Sniffed> files;
  private final Set<Path> directories = new HashSet<>();
  private final TrustStores stores;

  /**
   * Looks at the files at once.
   *
   * @param wanted the certificates that reached a trust manager; not empty
   */
  public TrustFinder(Hints hints, Set<X509Certificate> wanted) {
    this.wanted = wanted;
    long large = (long) wanted.size() * BYTES_PER_CERTIFICATE;
    boolean foreign = !KeyStoreSearch.foreignTypes(hints.types()).isEmpty();
    this.files =
        new Sniffer(foreign, (int) Math.min(TrustOrigin.LIMIT, Math.max(Sniffer.LARGEST, large)))
            .sniff(hints.files());
    this.stores = new TrustStores(hints);
    hints.files().forEach(file -> directories.add(file.path()));
  }

  /**
   * Returns the origin; of several that hold the set, the one that was opened last.
   *
   * @return null if there is none; worth another try later if files are being replaced
   */
  public @Nullable FoundTrust find() {
    FoundTrust found = nearest();
    if (found != null) {
      return found;
    }
    found = several();
    return found != null ? asDirectory(found) : successor();
  }

  /** Returns the file that was opened last of those that hold just the set; null if none does. */
  public @Nullable FoundTrust nearest() {
    for (Sniffed file : files) {
      FoundTrust found = exact(file);
      if (found != null) {
        return asDirectory(found);
      }
    }
    return null;
  }

  /**
   * Finds the files that the set may come from just as well as from the one that was found: those
   * that hold just the set too, and those that were opened later and replaced since, and still
   * share half with it.
   *
   * @param found what {@link #find} or {@link #nearest} returned, of this finder
   */
  public List<TrustOrigin> rivals(FoundTrust found) {
    List<TrustOrigin> rivals = new ArrayList<>();
    boolean later = true;
    for (Sniffed file : files) {
      if (rivals.size() >= MOST_RIVALS) {
        break;
      }
      if (found.origin().files().contains(file.path)) {
        later = false;
      } else {
        FoundTrust rival = exact(file);
        rival = rival != null || !later ? rival : successor(file);
        if (rival != null) {
          rivals.add(rival.origin());
        }
      }
    }
    return rivals;
  }

  private @Nullable FoundTrust exact(Sniffed file) {
    if (file.format.isPemOrDer()) {
      return file.certificates.size() >= wanted.size() && isWanted(new HashSet<>(file.certificates))
          ? pem(Collections.singletonList(file))
          : null;
    }
    FoundTrust found = stores.open(file);
    return found != null && isWanted(found.trust().certificates()) ? found : null;
  }

  private boolean isWanted(Set<X509Certificate> certificates) {
    return certificates.equals(wanted);
  }

  /** Returns PEM and DER files that only together hold the set; rather of one directory. */
  private @Nullable FoundTrust several() {
    Map<Path, List<Sniffed>> byDirectory = new LinkedHashMap<>();
    List<Sniffed> all = new ArrayList<>();
    for (Sniffed file : files) {
      if (!file.certificates.isEmpty() && wanted.containsAll(file.certificates)) {
        all.add(file);
        Path directory = file.path.getParent();
        if (directory != null) {
          byDirectory.computeIfAbsent(directory, d -> new ArrayList<>()).add(file);
        }
      }
    }
    List<List<Sniffed>> candidates = new ArrayList<>(byDirectory.values());
    candidates.add(all);
    for (List<Sniffed> candidate : candidates) {
      List<Sniffed> needed = needed(candidate);
      if (!needed.isEmpty()) {
        return pem(needed);
      }
    }
    return null;
  }

  /** Returns the files without those that only repeat; empty if they do not hold all. */
  private List<Sniffed> needed(List<Sniffed> candidate) {
    List<Sniffed> needed = new ArrayList<>();
    Set<X509Certificate> held = new HashSet<>();
    for (Sniffed file : candidate) {
      if (held.addAll(file.certificates)) {
        needed.add(file);
      }
    }
    return isWanted(held) ? needed : Collections.emptyList();
  }

  private static @Nullable FoundTrust pem(Collection<Sniffed> parts) {
    List<Path> paths = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (Sniffed part : parts) {
      paths.add(part.path);
      contents.add(part.content);
    }
    return parsed(new TrustFiles(Location.pem(paths, Collections.<char[]>emptyList())), contents);
  }

  private static @Nullable FoundTrust parsed(TrustOrigin origin, List<byte[]> contents) {
    try {
      return FoundTrust.parse(origin, contents);
    } catch (MaterialException e) {
      return null;
    }
  }

  /**
   * Returns the directory in the place of its files, if the process has listed it and there is
   * nothing else in it: what is then added to it would be trusted after a restart too.
   */
  private FoundTrust asDirectory(FoundTrust found) {
    Path directory = found.origin().files().get(0).getParent();
    if (found.origin().tellsWhole() || directory == null || !directories.contains(directory)) {
      return found;
    }
    Set<String> endings = new HashSet<>();
    for (Path file : found.origin().files()) {
      endings.add(TrustDirectory.ending(file));
    }
    TrustDirectory origin = new TrustDirectory(directory, endings);
    try {
      FoundTrust whole = FoundTrust.read(origin);
      return origin.isAlone() && isWanted(whole.trust().certificates()) ? whole : found;
    } catch (MaterialException e) {
      return found;
    }
  }

  private @Nullable FoundTrust successor() {
    FoundTrust best = null;
    long most = 0;
    for (Sniffed file : files) {
      FoundTrust found = successor(file);
      long shared = found == null ? 0 : shared(found);
      if (shared > most) {
        best = found;
        most = shared;
      }
    }
    return best;
  }

  /** Returns what a file holds that was replaced since it was opened, if it shares half. */
  private @Nullable FoundTrust successor(Sniffed file) {
    FoundTrust found = null;
    if (file.changedSinceOpened && !file.format.isPemOrDer()) {
      found = stores.open(file);
    } else if (file.changedSinceOpened && !file.certificates.isEmpty() && !file.holdsKey) {
      found = pem(Collections.singletonList(file));
    }
    boolean half =
        found != null && 2 * shared(found) >= Math.max(wanted.size(), found.trust().size());
    return half ? found : null;
  }

  private long shared(FoundTrust found) {
    return found.trust().certificates().stream().filter(wanted::contains).count();
  }
}
