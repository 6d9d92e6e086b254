package dev.hitless.material;

import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;

/** A block cipher in CBC mode with PKCS#7 padding, as PBES2 names it (RFC 8018, B.2). */
final class BlockCipherScheme {
  private final BlockCipher engine;
  private final int keyBytes;
  private final byte[] iv;

  private BlockCipherScheme(BlockCipher engine, int keyBytes, byte[] iv) {
    this.engine = engine;
    this.keyBytes = keyBytes;
    this.iv = iv;
  }

  static BlockCipherScheme of(EncryptionScheme scheme) throws MaterialException {
    ASN1ObjectIdentifier oid = scheme.getAlgorithm();
    BlockCipher engine;
    int keyBytes;
    if (oid.equals(NISTObjectIdentifiers.id_aes128_CBC)) {
      engine = AESEngine.newInstance();
      keyBytes = 16;
    } else if (oid.equals(NISTObjectIdentifiers.id_aes192_CBC)) {
      engine = AESEngine.newInstance();
      keyBytes = 24;
    } else if (oid.equals(NISTObjectIdentifiers.id_aes256_CBC)) {
      engine = AESEngine.newInstance();
      keyBytes = 32;
    } else if (oid.equals(PKCSObjectIdentifiers.des_EDE3_CBC)) {
      engine = new DESedeEngine();
      keyBytes = 24;
    } else if (oid.equals(OIWObjectIdentifiers.desCBC)) {
      engine = new DESEngine();
      keyBytes = 8;
    } else {
      throw PasswordCipher.unsupported(oid);
    }
    byte[] iv = ASN1OctetString.getInstance(scheme.getParameters()).getOctets();
    return new BlockCipherScheme(engine, keyBytes, iv);
  }

  int keyBytes() {
    return keyBytes;
  }

  byte[] iv() {
    return iv.clone();
  }

  byte[] crypt(boolean encrypt, CipherParameters keyAndIv, byte[] data)
      throws InvalidCipherTextException {
    return crypt(encrypt, engine, keyAndIv, data);
  }

  static byte[] crypt(boolean encrypt, BlockCipher engine, CipherParameters keyAndIv, byte[] data)
      throws InvalidCipherTextException {
    PaddedBufferedBlockCipher cipher =
        new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine));
    cipher.init(encrypt, keyAndIv);
    byte[] out = new byte[cipher.getOutputSize(data.length)];
    int length = cipher.processBytes(data, 0, data.length, out, 0);
    length += cipher.doFinal(out, length);
    byte[] result = Arrays.copyOf(out, length);
    Arrays.fill(out, (byte) 0);
    return result;
  }
}
