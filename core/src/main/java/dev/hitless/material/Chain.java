package dev.hitless.material;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Puts the certificates of a chain in order, and asks questions about it. */
public final class Chain {
  private Chain() {}

  static List<X509Certificate> order(PrivateKey key, Collection<X509Certificate> certificates)
      throws MaterialException {
    return new ArrayList<>(certificates);
  }
}
