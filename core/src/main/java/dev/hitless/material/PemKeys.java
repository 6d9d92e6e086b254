package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.openssl.PEMDecryptor;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.encoders.Hex;
import org.jspecify.annotations.Nullable;

/** Opens the private keys of PEM blocks, encrypted or not. */
final class PemKeys {
  /** One way to decrypt; what it returns may be rubbish if the password is wrong. */
  private interface Decryption {
    byte[] decrypt(char[] password) throws MaterialException;
  }

  private PemKeys() {}

  static boolean isKey(PemBlock block) {
    return block.label.endsWith("PRIVATE KEY");
  }

  /** Returns whether a password protects a key, as far as can be told without one. */
  static boolean isEncrypted(PemBlock block) {
    DerHeader outer = DerHeader.at(block.content, 0);
    return block.dekInfo != null
        || (outer != null && DerHeader.tagOf(outer.first(block.content)) == DerHeader.SEQUENCE);
  }

  /**
   * Opens a key.
   *
   * @param curve what an "EC PARAMETERS" block said; null if there was none
   * @throws MaterialException with {@code WRONG_PASSWORD}, {@code UNSUPPORTED} or {@code MALFORMED}
   */
  static PrivateKey open(PemBlock block, List<char[]> passwords, @Nullable ASN1Encodable curve)
      throws MaterialException {
    if (block.label.startsWith("OPENSSH")) {
      throw new MaterialException(
          Reason.UNSUPPORTED,
          "an OpenSSH private key; convert it with: ssh-keygen -p -m PKCS8 -f <file>",
          null);
    }
    DerHeader outer = DerHeader.at(block.content, 0);
    String dekInfo = block.dekInfo;
    if (dekInfo != null) {
      return decrypt(passwords, curve, password -> legacy(block.content, dekInfo, password));
    }
    if (outer == null || outer.tag != DerHeader.SEQUENCE || outer.end > block.content.length) {
      throw new MaterialException(Reason.MALFORMED, "the private key ends early", null);
    }
    if (DerHeader.tagOf(outer.first(block.content)) == DerHeader.SEQUENCE) {
      return decrypt(passwords, curve, password -> PasswordCipher.decrypt(block.content, password));
    }
    return PrivateKeys.parse(block.content, curve);
  }

  private static PrivateKey decrypt(
      List<char[]> passwords, @Nullable ASN1Encodable curve, Decryption decryption)
      throws MaterialException {
    for (char[] password : passwords) {
      byte[] der = new byte[0];
      try {
        der = decryption.decrypt(password);
        return PrivateKeys.parse(der, curve);
      } catch (MaterialException e) {
        // Damage behind a decryption means a wrong password whose padding fitted by chance.
        boolean tryNext =
            e.reason() == Reason.WRONG_PASSWORD
                || (e.reason() == Reason.MALFORMED && der.length > 0);
        if (!tryNext) {
          throw e;
        }
      } finally {
        Arrays.fill(der, (byte) 0);
      }
    }
    throw new MaterialException(
        Reason.WRONG_PASSWORD,
        passwords.isEmpty()
            ? "the private key is encrypted, and no password is known"
            : "the password does not open the private key",
        null);
  }

  /** Decrypts as OpenSSL's traditional format does (PEM_read_bio_PrivateKey, "DEK-Info"). */
  private static byte[] legacy(byte[] encrypted, String dekInfo, char[] password)
      throws MaterialException {
    int comma = dekInfo.indexOf(',');
    if (comma < 0) {
      throw new MaterialException(Reason.MALFORMED, "the private key's DEK-Info is damaged", null);
    }
    String cipher = dekInfo.substring(0, comma).trim();
    if (!cipher.matches("(AES|DES|BF|RC2)-.*")) {
      throw new MaterialException(
          Reason.UNSUPPORTED, "the private key is encrypted by an unknown scheme: " + cipher, null);
    }
    byte[] utf8 = PasswordCipher.utf8(password);
    char[] wide = new char[utf8.length];
    for (int i = 0; i < utf8.length; i++) {
      // Bouncy Castle keeps the low byte of each character; OpenSSL takes the bytes as they come.
      wide[i] = (char) (utf8[i] & 0xff);
    }
    try {
      byte[] iv = Hex.decode(dekInfo.substring(comma + 1).trim());
      PEMDecryptor decryptor = new BcPEMDecryptorProvider(wide).get(cipher);
      return decryptor.decrypt(encrypted, iv);
    } catch (DecoderException e) {
      throw new MaterialException(Reason.MALFORMED, "the private key's DEK-Info is damaged", null);
    } catch (PEMException | RuntimeException e) {
      throw new MaterialException(
          Reason.WRONG_PASSWORD, "the password does not open the private key", null);
    } finally {
      Arrays.fill(utf8, (byte) 0);
      Arrays.fill(wide, '\0');
    }
  }
}
