package dev.hitless.material;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * One part of a PKCS#12 file (a ContentInfo of the AuthenticatedSafe, RFC 7292, 4.1) with its bags.
 * Only a part whose bags were changed is encoded again. Used by one thread.
 */
final class Pkcs12Section {
  private final ContentInfo info;

  /** How the part is encrypted; null if it is not, or not with a password. */
  private final @Nullable AlgorithmIdentifier encryption;

  /** What the part holds; empty if it cannot be opened with a password. */
  final List<SafeBag> bags;

  private boolean changed;

  private Pkcs12Section(
      ContentInfo info, @Nullable AlgorithmIdentifier encryption, List<SafeBag> bags) {
    this.info = info;
    this.encryption = encryption;
    this.bags = bags;
  }

  static Pkcs12Section open(ContentInfo info, char[] password) throws MaterialException {
    if (info.getContentType().equals(PKCSObjectIdentifiers.data)) {
      return new Pkcs12Section(
          info, null, bags(ASN1OctetString.getInstance(info.getContent()).getOctets()));
    }
    if (info.getContentType().equals(PKCSObjectIdentifiers.encryptedData)) {
      EncryptedData data = EncryptedData.getInstance(info.getContent());
      AlgorithmIdentifier algorithm = data.getEncryptionAlgorithm();
      byte[] plain =
          PasswordCipher.crypt(false, algorithm, data.getContent().getOctets(), password);
      return new Pkcs12Section(info, algorithm, bags(plain));
    }
    return new Pkcs12Section(info, null, new ArrayList<>());
  }

  void set(int index, SafeBag bag) {
    bags.set(index, bag);
    changed = true;
  }

  void add(SafeBag bag) {
    bags.add(bag);
    changed = true;
  }

  void remove(SafeBag bag) {
    changed |= bags.remove(bag);
  }

  /** Returns the part, with its old encryption and a new salt if its bags were changed. */
  ContentInfo encode(char[] password, SecureRandom random) throws IOException, MaterialException {
    if (!changed) {
      return info;
    }
    byte[] plain = new DERSequence(bags.toArray(new ASN1Encodable[0])).getEncoded("DER");
    if (encryption == null) {
      return new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(plain));
    }
    AlgorithmIdentifier algorithm = FreshParameters.like(encryption, random);
    byte[] encrypted = PasswordCipher.crypt(true, algorithm, plain, password);
    return new ContentInfo(
        PKCSObjectIdentifiers.encryptedData,
        new EncryptedData(PKCSObjectIdentifiers.data, algorithm, new BEROctetString(encrypted)));
  }

  private static List<SafeBag> bags(byte[] safeContents) {
    List<SafeBag> bags = new ArrayList<>();
    for (ASN1Encodable bag : ASN1Sequence.getInstance(safeContents)) {
      bags.add(SafeBag.getInstance(bag));
    }
    return bags;
  }
}
