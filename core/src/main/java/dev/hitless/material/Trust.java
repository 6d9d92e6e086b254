package dev.hitless.material;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The set of certificates that a side trusts (RFC 5280 section 6.1.1, input d), as one immutable
 * value; named by the SHA-256 over the sorted fingerprints.
 *
 * <p>Thread-safe. Two trusts are equal when they hold the same certificates, in whatever order.
 */
public final class Trust {
  private final Set<X509Certificate> certificates;
  private final Fingerprint fingerprint;

  private Trust(Set<X509Certificate> certificates) {
    this.certificates = Collections.unmodifiableSet(certificates);
    Set<String> sorted = new TreeSet<>();
    for (X509Certificate certificate : certificates) {
      sorted.add(Fingerprint.of(certificate).hex());
    }
    this.fingerprint =
        Fingerprint.ofBytes(String.join("\n", sorted).getBytes(StandardCharsets.US_ASCII));
  }

  /** Makes a trust of certificates; what comes twice counts once. */
  public static Trust of(Collection<X509Certificate> certificates) {
    return new Trust(new LinkedHashSet<>(certificates));
  }

  /** Returns the certificates, in the order in which they were read; unmodifiable. */
  public Set<X509Certificate> certificates() {
    return certificates;
  }

  /** Returns how many certificates there are. */
  public int size() {
    return certificates.size();
  }

  /** Returns the certificates of this trust that the other one lacks; a new list. */
  public List<X509Certificate> without(Trust other) {
    List<X509Certificate> rest = new ArrayList<>();
    for (X509Certificate certificate : certificates) {
      if (!other.certificates.contains(certificate)) {
        rest.add(certificate);
      }
    }
    return rest;
  }

  /** Returns the SHA-256 over the sorted fingerprints of the certificates, one a line. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Trust && fingerprint.equals(((Trust) other).fingerprint);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }

  @Override
  public String toString() {
    return "trust " + fingerprint + " of " + size() + " certificates";
  }
}
