package dev.hitless.inspect;

import dev.hitless.inspect.Finding.KeyState;
import dev.hitless.inspect.Finding.Kind;
import dev.hitless.material.Identity;
import dev.hitless.material.KeyStoreListing;
import dev.hitless.material.MaterialException;
import dev.hitless.material.MaterialException.Reason;
import dev.hitless.material.StoredEntry;
import dev.hitless.material.StoredKey;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks into one keystore at a time.
 *
 * <p>Immutable and thread-safe.
 */
final class KeyStoreLook {
  private final Judge judge;
  private final List<char[]> passwords;

  KeyStoreLook(Judge judge, List<char[]> passwords) {
    this.judge = judge;
    this.passwords = passwords;
  }

  List<Finding> look(FileContent file, String type) throws MaterialException {
    List<Finding> findings = new ArrayList<>();
    for (StoredEntry entry : entries(file, type)) {
      List<X509Certificate> certificates = entry.certificates();
      StoredKey key = entry.key();
      if (key != null) {
        findings.add(identity(file, entry, key));
      } else if (!certificates.isEmpty()) {
        findings.add(
            new Finding(
                Kind.TRUSTED,
                files(file),
                entry.alias(),
                KeyState.NONE,
                certificates,
                judge.single(certificates.get(0))));
      }
    }
    return findings;
  }

  private List<StoredEntry> entries(FileContent file, String type) throws MaterialException {
    MaterialException wrong = null;
    for (char[] password : passwords) {
      try {
        return KeyStoreListing.of(file.bytes(), type, password, passwords);
      } catch (MaterialException e) {
        if (e.reason() != Reason.WRONG_PASSWORD) {
          throw e;
        }
        wrong = e;
      }
    }
    if (wrong != null) {
      throw wrong;
    }
    List<StoredEntry> entries = withoutPassword(file, type);
    boolean blind = entries.isEmpty();
    for (StoredEntry entry : entries) {
      blind |= entry.certificates().isEmpty();
    }
    if (blind) {
      throw new MaterialException(
          Reason.WRONG_PASSWORD,
          entries.isEmpty()
              ? "shows nothing without its password, or is empty"
              : "does not show its certificates without its password",
          null);
    }
    return entries;
  }

  private List<StoredEntry> withoutPassword(FileContent file, String type)
      throws MaterialException {
    try {
      List<StoredEntry> entries =
          KeyStoreListing.of(file.bytes(), type, new char[0], Collections.emptyList());
      if (!entries.isEmpty()) {
        return entries;
      }
    } catch (MaterialException e) {
      // The empty password is a guess; what counts is the look without any.
    }
    return KeyStoreListing.of(file.bytes(), type, null, Collections.emptyList());
  }

  private Finding identity(FileContent file, StoredEntry entry, StoredKey key) {
    List<X509Certificate> stored = entry.certificates();
    List<Problem> problems = judge.key(key);
    KeyState state = judge.state(key);
    List<X509Certificate> chain = stored;
    if (!stored.isEmpty()) {
      PrivateKey opened = key.key();
      List<X509Certificate> ordered = opened == null ? stored : ordered(opened, stored);
      if (ordered == null) {
        state = KeyState.MISMATCH;
        problems.add(
            new Problem(
                Problem.Kind.KEY_MISMATCH,
                "the private key belongs to none of the certificates stored with it"));
      } else {
        chain = ordered;
      }
      List<X509Certificate> linked = PemLook.linked(chain);
      problems.addAll(judge.chain(linked, stored));
      problems.addAll(ChainChecks.ofOrder(stored, linked));
    } else {
      problems.add(
          new Problem(Problem.Kind.KEY_MISMATCH, "no certificate is stored with the private key"));
    }
    problems.addAll(Judge.mode(file, true));
    Kind kind = chain.isEmpty() ? Kind.KEY : Kind.IDENTITY;
    return new Finding(kind, files(file), entry.alias(), state, chain, problems);
  }

  private static @Nullable List<X509Certificate> ordered(
      PrivateKey key, List<X509Certificate> stored) {
    try {
      return Identity.of(key, stored).chain();
    } catch (MaterialException e) {
      return null;
    }
  }

  private static List<Path> files(FileContent file) {
    return Collections.singletonList(file.path());
  }
}
