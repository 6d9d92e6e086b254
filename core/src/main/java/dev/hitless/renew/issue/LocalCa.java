package dev.hitless.renew.issue;

import dev.hitless.material.Chain;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.renew.publish.Disk;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signs with a CA whose certificate and key lie on this machine, in PEM files or a keystore.
 *
 * <p>The files are read at each issuance, and the key is not kept in between; to recognise a leaf
 * they are read again only if they have changed. Certificates of former CAs that were read from
 * them are remembered, so that leaves of the CA before a rotation are still recognised as its own;
 * so are those whose CA certificate is left in the files.
 *
 * <p>Thread-safe: one call at a time gets in.
 */
public final class LocalCa implements Issuer {
  private static final int MAX_REMEMBERED = 100;

  private final Location location;
  private final @Nullable String alias;
  private final Clock clock;
  private final SecureRandom random;
  private final Consumer<String> warnings;
  private final AuthorityFiles files;
  private final Set<X509Certificate> known = new LinkedHashSet<>();
  private final Set<X509Certificate> saidToEnd = new LinkedHashSet<>();

  /**
   * Creates an issuer; nothing is read yet.
   *
   * @param location the certificate and key of the CA, and the CAs above it if there are any
   * @param alias which of the identities in a keystore is the CA; null: the only one that is a CA's
   * @param disk reads the files
   * @param clock tells from when a certificate is valid
   * @param random makes serial numbers
   * @param warnings takes what a person should know though a certificate was issued: one line each,
   *     once per cause; called by the thread that issues
   */
  public LocalCa(
      Location location,
      @Nullable String alias,
      Disk disk,
      Clock clock,
      SecureRandom random,
      Consumer<String> warnings) {
    this.location = location;
    this.alias = alias;
    this.clock = clock;
    this.random = random;
    this.warnings = warnings;
    this.files = new AuthorityFiles(location, disk, clock, warnings);
  }

  /**
   * Issues a certificate with the subject, names and usages of the old one, as {@link
   * LeafExtensions} and {@link Validity} say; never valid for longer than the CA.
   *
   * @return the leaf and the CA's intermediates; with a self-signed root only if the old chain
   *     carried one
   */
  @Override
  public synchronized List<X509Certificate> issue(CertificateRequest wanted)
      throws IssuerException {
    Authority ca = read();
    Instant now = clock.instant();
    ca.check(now);
    Validity asked = Validity.of(wanted.validity(), wanted.leaf(), now);
    Validity validity = asked.within(ca);
    if (!validity.notAfter.isAfter(now)) {
      throw new IssuerException("the CA is about to expire, at " + ca.notAfter(), null);
    }
    boolean sameCa = issued(wanted.leaf());
    X509Certificate leaf =
        new LeafCertificate(ca, wanted.key(), wanted.leaf()).sign(validity, sameCa, random);
    if (asked.outlives(ca) && saidToEnd.add(ca.certificate())) {
      warnings.accept(
          "the CA "
              + ca.certificate().getSubjectX500Principal()
              + " ends at "
              + ca.notAfter()
              + ", so that what it signs now is valid no longer than that, instead of until "
              + asked.notAfter
              + ". Renew the CA.");
    }
    return chain(leaf, ca, wanted.replaces());
  }

  @Override
  public synchronized boolean isIssuerOf(X509Certificate leaf) throws IssuerException {
    if (!files.areAsRead()) {
      read();
    }
    return issued(leaf);
  }

  private boolean issued(X509Certificate leaf) {
    for (X509Certificate ca : known) {
      if (Chain.issued(ca, leaf)) {
        return true;
      }
    }
    return false;
  }

  private Authority read() throws IssuerException {
    try {
      Authority ca = Authority.of(files.read(), alias);
      remember(ca);
      return ca;
    } catch (MaterialException e) {
      throw files.unusable(e);
    }
  }

  private void remember(Authority ca) {
    known.addAll(ca.siblings());
    while (known.size() > MAX_REMEMBERED) {
      known.remove(known.iterator().next());
    }
  }

  private static List<X509Certificate> chain(
      X509Certificate leaf, Authority ca, List<X509Certificate> old) {
    List<X509Certificate> above = new ArrayList<>(ca.chain());
    above.addAll(old.subList(1, old.size()));
    boolean withRoot = false;
    for (X509Certificate certificate : old) {
      withRoot |= Chain.selfSigned(certificate);
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (X509Certificate certificate : Chain.linked(leaf, above)) {
      if (withRoot || chain.isEmpty() || !Chain.selfSigned(certificate)) {
        chain.add(certificate);
      }
    }
    return Collections.unmodifiableList(chain);
  }

  @Override
  public boolean canRehearse() {
    return true;
  }

  /** Returns what it is and where it lies; no secrets. */
  @Override
  public String toString() {
    return "local CA in the " + location + (alias == null ? "" : ", alias " + alias);
  }
}
