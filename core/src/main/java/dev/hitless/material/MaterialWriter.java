package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Writes identities in the formats that the readers of this package read, each in the form of what
 * it replaces: format, encoding, encryption, layout, and all else that the files hold.
 *
 * <p>Works on bytes alone. Stateless and thread-safe. The caller's arrays are not changed.
 */
public final class MaterialWriter {
  private MaterialWriter() {}

  /**
   * Returns the bytes of the files with one identity replaced; the files whose bytes are equal need
   * no writing.
   *
   * @param contents the bytes of the files as they are, in the order of {@link Location#files}
   * @param alias which identity, as {@link Location#parse} names it
   * @param replaced what the files hold under that alias
   * @param next may be {@code replaced}, to see whether the files can be written
   * @param random for salts and initialization vectors
   * @throws MaterialException why the format cannot be written
   */
  public static List<byte[]> rewrite(
      Location location,
      List<byte[]> contents,
      String alias,
      Identity replaced,
      Identity next,
      SecureRandom random)
      throws MaterialException {
    Map<String, Identity> found = location.parse(contents);
    List<Identity> neighbours = new ArrayList<>();
    for (Map.Entry<String, Identity> entry : found.entrySet()) {
      if (!entry.getKey().equals(alias)) {
        neighbours.add(entry.getValue());
      }
    }
    Chains chains = new Chains(replaced, next, neighbours);
    try {
      if (!location.isKeyStore()) {
        List<char[]> passwords = location.keyPasswords();
        return new PemRewriter(passwords, replaced, next, chains, random).rewrite(contents);
      }
      return Collections.singletonList(
          keyStore(location, contents.get(0), alias, replaced, next, chains, random));
    } catch (RuntimeException e) {
      // What Bouncy Castle throws at an encoding that it does not understand; it may quote it.
      throw new MaterialException(
          Reason.UNSUPPORTED, "the files are encoded in a way that hitless cannot write", null);
    }
  }

  private static byte[] keyStore(
      Location location,
      byte[] content,
      String alias,
      Identity replaced,
      Identity next,
      Chains chains,
      SecureRandom random)
      throws MaterialException {
    char[] password = location.storePassword();
    if (password == null) {
      throw new MaterialException(
          Reason.UNSUPPORTED,
          "the keystore's password is not known, and without it none can be written",
          null);
    }
    List<char[]> passwords = new ArrayList<>();
    passwords.add(password);
    passwords.addAll(location.keyPasswords());
    switch (Format.of(content)) {
      case PKCS12:
        return new Pkcs12Rewriter(passwords, alias, replaced, next, chains, random)
            .rewrite(content);
      case JKS:
      case JCEKS:
        return KeyStoreRewriter.rewrite(location, content, passwords, alias, next, chains);
      default:
        throw new MaterialException(
            Reason.UNSUPPORTED,
            "keystores of the type " + location.keyStoreType() + " cannot be written by hitless",
            null);
    }
  }
}
