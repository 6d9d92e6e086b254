package dev.hitless.it.cert;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The kind of key that a leaf certificate holds. */
public enum KeyKind {
  RSA(2048),
  EC(256);

  private final int bits;

  KeyKind(int bits) {
    this.bits = bits;
  }

  KeyPair newKeyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(name());
    generator.initialize(bits);
    return generator.generateKeyPair();
  }
}
