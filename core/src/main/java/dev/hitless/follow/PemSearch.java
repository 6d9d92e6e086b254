package dev.hitless.follow;

import dev.hitless.material.MaterialException;
import dev.hitless.material.MaterialException.Reason;
import dev.hitless.material.PemReader;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks for served certificates in PEM and DER files, and for the key files that belong to them.
 * Owned by the thread of one {@link OriginFinder}; decrypts each key file once.
 */
final class PemSearch {
  private static final int MOST_CHAIN_CERTIFICATES = 10;

  private final List<Sniffed> files;
  private final List<char[]> passwords;
  private final Map<Sniffed, @Nullable List<char[]>> keyPasswords = new HashMap<>();

  /**
   * Creates a search.
   *
   * @param files the PEM and DER files among which certificates and keys find each other, latest
   *     first
   * @param passwords what may open encrypted keys
   */
  PemSearch(List<Sniffed> files, List<char[]> passwords) {
    this.files = files;
    this.passwords = passwords;
  }

  /** Returns the origin made of a certificate file that holds the very leaf; null if none. */
  @Nullable Found exact(Sniffed file, List<X509Certificate> chain) {
    return file.holds(chain.get(0)) ? find(file, chain, true) : null;
  }

  /** Returns the origin made of a certificate file that holds a successor; null if none. */
  @Nullable Found successor(Sniffed file, List<X509Certificate> chain) {
    return file.changedSinceOpened && file.holdsSuccessorOf(chain.get(0))
        ? find(file, chain, false)
        : null;
  }

  private @Nullable Found find(Sniffed file, List<X509Certificate> chain, boolean exact) {
    for (Sniffed keyFile : keyFilesFor(file)) {
      List<char[]> opening = keyPasswords(keyFile);
      if (opening == null) {
        continue;
      }
      List<Sniffed> pair = file == keyFile ? listOf(file) : Arrays.asList(file, keyFile);
      Found found = found(pair, opening, chain.get(0), exact);
      if (found != null) {
        List<Sniffed> whole = withChainFiles(pair, chain);
        Found wholeFound =
            whole.size() == pair.size() ? null : found(whole, opening, chain.get(0), exact);
        return wholeFound == null ? found : wholeFound;
      }
    }
    return null;
  }

  private static @Nullable Found found(
      List<Sniffed> parts, List<char[]> opening, X509Certificate leaf, boolean exact) {
    List<Path> paths = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (Sniffed part : parts) {
      paths.add(part.path);
      contents.add(part.content);
    }
    IdentityOrigin origin = new PemOrigin(paths, opening);
    try {
      Contents parsed = origin.parse(contents);
      return exact ? Matches.exact(origin, parsed, leaf) : Matches.successor(origin, parsed, leaf);
    } catch (MaterialException e) {
      return null;
    }
  }

  /** Returns the files with keys: the file itself, those beside it, then all others. */
  private List<Sniffed> keyFilesFor(Sniffed file) {
    List<Sniffed> sorted = new ArrayList<>();
    List<Sniffed> elsewhere = new ArrayList<>();
    if (file.holdsKey) {
      sorted.add(file);
    }
    for (Sniffed other : files) {
      if (other != file && other.holdsKey) {
        boolean beside = Objects.equals(other.path.getParent(), file.path.getParent());
        (beside ? sorted : elsewhere).add(other);
      }
    }
    sorted.addAll(elsewhere);
    return sorted;
  }

  /** Returns what opens a file's keys, empty if they are not encrypted; null if nothing does. */
  private @Nullable List<char[]> keyPasswords(Sniffed keyFile) {
    if (!keyPasswords.containsKey(keyFile)) {
      List<char[]> found = null;
      if (opens(keyFile, Collections.emptyList())) {
        found = Collections.emptyList();
      }
      for (char[] password : passwords) {
        List<char[]> candidate = Collections.singletonList(password);
        found = found == null && opens(keyFile, candidate) ? candidate : found;
      }
      keyPasswords.put(keyFile, found);
    }
    return keyPasswords.get(keyFile);
  }

  private static boolean opens(Sniffed keyFile, List<char[]> candidate) {
    try {
      PemReader.read(listOf(keyFile.content), candidate);
      return true;
    } catch (MaterialException e) {
      return e.reason() == Reason.NO_CERTIFICATE || e.reason() == Reason.KEY_MISMATCH;
    }
  }

  /**
   * Adds the files that a server took the rest of its chain from: those which hold nothing but
   * certificates of the served chain. A bundle of trusted CAs is none of them.
   */
  private List<Sniffed> withChainFiles(List<Sniffed> pair, List<X509Certificate> chain) {
    List<Sniffed> whole = new ArrayList<>(pair);
    for (X509Certificate issuer : chain.subList(1, chain.size())) {
      boolean held = false;
      for (Sniffed part : whole) {
        held |= part.holds(issuer);
      }
      for (Sniffed file : files) {
        if (!held
            && !file.holdsKey
            && file.certificates.size() <= MOST_CHAIN_CERTIFICATES
            && file.holds(issuer)
            && chain.containsAll(file.certificates)) {
          whole.add(file);
          held = true;
        }
      }
    }
    return whole;
  }

  private static <T> List<T> listOf(T one) {
    return Collections.singletonList(one);
  }
}
