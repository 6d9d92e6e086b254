package dev.hitless.serve;

import dev.hitless.testing.TestCa;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Arrays;
import java.util.Set;

/** Denies the key of one CA, which nothing but the check of a chain ever looks at. */
final class DeniedKey implements AlgorithmConstraints {
  private final Key denied;

  DeniedKey(TestCa ca) {
    denied = ca.certificate().getPublicKey();
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, AlgorithmParameters parameters) {
    return true;
  }

  @Override
  public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
    return !Arrays.equals(key.getEncoded(), denied.getEncoded());
  }

  @Override
  public boolean permits(
      Set<CryptoPrimitive> primitives, String algorithm, Key key, AlgorithmParameters parameters) {
    return permits(primitives, key);
  }
}
