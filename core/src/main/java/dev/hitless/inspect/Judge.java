package dev.hitless.inspect;

import dev.hitless.inspect.Finding.KeyState;
import dev.hitless.inspect.Problem.Kind;
import dev.hitless.material.MaterialException;
import dev.hitless.material.MaterialException.Reason;
import dev.hitless.material.StoredKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Puts the single checks together for what one look at files has found.
 *
 * <p>Immutable and thread-safe.
 */
final class Judge {
  private final LeafChecks leaves;
  private final ChainChecks chains;
  private final boolean passwordGiven;

  Judge(LeafChecks leaves, ChainChecks chains, boolean passwordGiven) {
    this.leaves = leaves;
    this.chains = chains;
    this.passwordGiven = passwordGiven;
  }

  /** Returns what is wrong with a leaf and what links lead to from it. */
  List<Problem> chain(List<X509Certificate> linked, Collection<X509Certificate> present) {
    List<Problem> problems = leaves.ofLeaf(linked.get(0));
    problems.addAll(chains.ofLinks(linked, present));
    return problems;
  }

  /** Returns what is wrong with a certificate that stands for itself, such as a CA's. */
  List<Problem> single(X509Certificate certificate) {
    return leaves.ofAny(certificate);
  }

  /** Returns what became of a key that belongs to a leaf, or stands alone. */
  KeyState state(StoredKey key) {
    MaterialException problem = key.problem();
    if (problem == null) {
      return KeyState.OPENED;
    }
    return problem.reason() == Reason.WRONG_PASSWORD && !passwordGiven
        ? KeyState.LOCKED
        : KeyState.FAILED;
  }

  /** Returns what is wrong with a key by itself: it could not be opened. */
  List<Problem> key(StoredKey key) {
    List<Problem> problems = new ArrayList<>();
    MaterialException problem = key.problem();
    if (problem != null && state(key) == KeyState.FAILED) {
      problems.add(new Problem(Kind.KEY_NOT_OPENED, String.valueOf(problem.getMessage())));
    }
    return problems;
  }

  /** Returns who may do too much with a file that holds a private key. */
  static List<Problem> mode(FileContent file, boolean encrypted) {
    List<Problem> problems = new ArrayList<>();
    if (!encrypted && file.othersMayRead()) {
      problems.add(
          new Problem(
              Kind.KEY_READABLE_BY_OTHERS,
              "everybody on this machine may read the private key in "
                  + file
                  + " ("
                  + file.modeText()
                  + "); chmod o-rwx "
                  + file));
    }
    if (file.othersMayWrite()) {
      problems.add(
          new Problem(
              Kind.WRITABLE_BY_OTHERS,
              "everybody on this machine may replace the private key in "
                  + file
                  + " ("
                  + file.modeText()
                  + "); chmod o-w "
                  + file));
    }
    return problems;
  }
}
