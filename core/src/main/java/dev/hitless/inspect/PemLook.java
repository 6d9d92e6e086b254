package dev.hitless.inspect;

import dev.hitless.inspect.Finding.KeyState;
import dev.hitless.inspect.Finding.Kind;
import dev.hitless.material.Chain;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.material.PemReader;
import dev.hitless.material.StoredKey;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks into PEM and DER files together: keys and certificates find each other across files.
 *
 * <p>Not thread-safe: owned by the thread of one inspection.
 */
final class PemLook {
  private final Judge judge;
  private final List<char[]> passwords;
  private final List<PemParts> files = new ArrayList<>();
  private final Set<X509Certificate> all = new LinkedHashSet<>();

  PemLook(Judge judge, List<char[]> passwords) {
    this.judge = judge;
    this.passwords = passwords;
  }

  /**
   * Adds a file.
   *
   * @throws MaterialException if it is damaged, or holds neither key nor certificate
   */
  void add(FileContent file) throws MaterialException {
    List<X509Certificate> certificates = PemReader.certificates(file.bytes());
    List<StoredKey> keys = PemReader.keys(file.bytes(), passwords);
    if (certificates.isEmpty() && keys.isEmpty()) {
      throw new MaterialException(
          MaterialException.Reason.NO_CERTIFICATE, "holds neither key nor certificate", null);
    }
    files.add(new PemParts(file, certificates, keys));
    all.addAll(certificates);
  }

  /** Returns what the files hold: identities, then keys alone, then certificates alone. */
  List<Finding> findings() {
    List<Finding> identities = new ArrayList<>();
    List<PemParts> lonely = new ArrayList<>();
    List<StoredKey> lonelyKeys = new ArrayList<>();
    Set<X509Certificate> used = new LinkedHashSet<>();
    Set<X509Certificate> leaves = new LinkedHashSet<>();
    for (PemParts file : files) {
      for (StoredKey key : file.keys) {
        List<X509Certificate> linked = linkedOf(key.key());
        if (linked == null) {
          lonely.add(file);
          lonelyKeys.add(key);
        } else if (leaves.add(linked.get(0))) {
          used.addAll(linked);
          identities.add(identity(file, key, linked));
        }
      }
    }
    Set<X509Certificate> rest = new LinkedHashSet<>(all);
    rest.removeAll(used);
    List<Finding> findings = new ArrayList<>(identities);
    boolean leafLacksKey = rest.stream().anyMatch(PemLook::isLeaf);
    for (int i = 0; i < lonely.size(); i++) {
      findings.add(key(lonely.get(i), lonelyKeys.get(i), leafLacksKey));
    }
    findings.addAll(certificates(rest));
    return findings;
  }

  private @Nullable List<X509Certificate> linkedOf(@Nullable PrivateKey key) {
    if (key == null || all.isEmpty()) {
      return null;
    }
    try {
      return linked(Identity.of(key, all).chain());
    } catch (MaterialException e) {
      return null;
    }
  }

  private Finding identity(PemParts keyFile, StoredKey key, List<X509Certificate> linked) {
    List<Problem> problems = judge.chain(linked, all);
    problems.addAll(order(linked));
    problems.addAll(Judge.mode(keyFile.file, key.isEncrypted()));
    Set<Path> paths = paths(linked);
    paths.add(keyFile.file.path());
    return new Finding(
        Kind.IDENTITY, new ArrayList<>(paths), null, KeyState.OPENED, linked, problems);
  }

  private Finding key(PemParts file, StoredKey key, boolean leafLacksKey) {
    List<Problem> problems = judge.key(key);
    KeyState state = judge.state(key);
    if (state == KeyState.OPENED && leafLacksKey) {
      state = KeyState.MISMATCH;
      problems.add(
          new Problem(
              Problem.Kind.KEY_MISMATCH,
              "the private key belongs to none of the certificates in these files"));
    }
    problems.addAll(Judge.mode(file.file, key.isEncrypted()));
    List<Path> path = Collections.singletonList(file.file.path());
    return new Finding(Kind.KEY, path, null, state, Collections.emptyList(), problems);
  }

  private List<Finding> certificates(Set<X509Certificate> rest) {
    List<Finding> findings = new ArrayList<>();
    Set<X509Certificate> left = new LinkedHashSet<>(rest);
    for (X509Certificate leaf : rest) {
      if (isLeaf(leaf)) {
        List<X509Certificate> linked = Chain.linked(leaf, all);
        left.removeAll(linked);
        List<Problem> problems = judge.chain(linked, all);
        problems.addAll(order(linked));
        findings.add(certificate(linked, problems));
      }
    }
    for (X509Certificate other : left) {
      List<X509Certificate> single = Collections.singletonList(other);
      findings.add(certificate(single, judge.single(other)));
    }
    return findings;
  }

  private Finding certificate(List<X509Certificate> chain, List<Problem> problems) {
    List<Path> paths = new ArrayList<>(paths(chain));
    return new Finding(Kind.CERTIFICATE, paths, null, KeyState.NONE, chain, problems);
  }

  /** Judges each file that holds the leaf, since any of them may be what a server sends. */
  private List<Problem> order(List<X509Certificate> linked) {
    for (PemParts file : files) {
      if (file.certificates.contains(linked.get(0)) && file.leaves() == 1) {
        List<Problem> problems = ChainChecks.ofOrder(file.certificates, linked);
        if (!problems.isEmpty()) {
          return problems;
        }
      }
    }
    return Collections.emptyList();
  }

  private Set<Path> paths(List<X509Certificate> chain) {
    Set<Path> paths = new LinkedHashSet<>();
    Set<X509Certificate> missing = new LinkedHashSet<>(chain);
    for (PemParts file : files) {
      if (file.certificates.contains(chain.get(0))) {
        missing.removeAll(file.certificates);
        paths.add(file.file.path());
      }
    }
    for (PemParts file : files) {
      if (missing.removeAll(file.certificates)) {
        paths.add(file.file.path());
      }
    }
    return paths;
  }

  static boolean isLeaf(X509Certificate certificate) {
    return certificate.getBasicConstraints() < 0;
  }

  /** Returns the part of an identity's chain that links lead to. */
  static List<X509Certificate> linked(List<X509Certificate> chain) {
    return Chain.linked(chain.get(0), chain);
  }

  /** What one file holds. */
  private static final class PemParts {
    final FileContent file;
    final List<X509Certificate> certificates;
    final List<StoredKey> keys;

    PemParts(FileContent file, List<X509Certificate> certificates, List<StoredKey> keys) {
      this.file = file;
      this.certificates = certificates;
      this.keys = keys;
    }

    int leaves() {
      return (int) certificates.stream().filter(PemLook::isLeaf).count();
    }
  }
}
