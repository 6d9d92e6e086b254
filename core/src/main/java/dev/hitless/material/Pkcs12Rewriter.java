package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.AuthenticatedSafe;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an identity in a PKCS#12 file bag by bag: other entries, all attributes, encryption and
 * work factors stay, so that whoever could read the file still can. The JDK's own writer would
 * choose its own algorithms and drop what it does not know. Used once, by one thread.
 */
final class Pkcs12Rewriter {
  private final List<char[]> passwords;
  private final String alias;
  private final Identity replaced;
  private final Identity next;
  private final Chains chains;
  private final SecureRandom random;
  private final KeyWriter keys;
  private final List<Pkcs12Section> sections = new ArrayList<>();

  /** Creates one; the first of the passwords is the keystore's. */
  Pkcs12Rewriter(
      List<char[]> passwords,
      String alias,
      Identity replaced,
      Identity next,
      Chains chains,
      SecureRandom random)
      throws MaterialException {
    this.passwords = passwords;
    this.alias = alias.toLowerCase(Locale.ENGLISH);
    this.replaced = replaced;
    this.next = next;
    this.chains = chains;
    this.random = random;
    this.keys = new KeyWriter(KeyEncodings.of(next), random);
  }

  byte[] rewrite(byte[] content) throws MaterialException {
    try {
      Pfx pfx = Pfx.getInstance(ASN1Primitive.fromByteArray(content));
      if (!pfx.getAuthSafe().getContentType().equals(PKCSObjectIdentifiers.data)) {
        throw new MaterialException(
            Reason.UNSUPPORTED, "the keystore is signed rather than protected by a password", null);
      }
      byte[] safe = ASN1OctetString.getInstance(pfx.getAuthSafe().getContent()).getOctets();
      MacData mac = pfx.getMacData();
      if (mac != null) {
        Pkcs12Mac.verify(mac, safe, passwords.get(0));
      }
      for (ContentInfo info : AuthenticatedSafe.getInstance(safe).getContentInfo()) {
        sections.add(Pkcs12Section.open(info, passwords.get(0)));
      }
      replaceKey();
      replaceCertificates();
      return encode(mac);
    } catch (IOException e) {
      throw new MaterialException(Reason.MALFORMED, "the keystore is damaged", null);
    }
  }

  private byte[] encode(@Nullable MacData oldMac) throws IOException, MaterialException {
    ContentInfo[] infos = new ContentInfo[sections.size()];
    for (int i = 0; i < infos.length; i++) {
      infos[i] = sections.get(i).encode(passwords.get(0), random);
    }
    byte[] safe = new AuthenticatedSafe(infos).getEncoded("DER");
    ContentInfo authSafe = new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(safe));
    MacData mac = oldMac == null ? null : Pkcs12Mac.like(oldMac, safe, passwords.get(0), random);
    return new Pfx(authSafe, mac).getEncoded("DER");
  }

  private void replaceKey() throws IOException, MaterialException {
    Pkcs12Section found = null;
    int at = -1;
    char[] opened = new char[0];
    for (Pkcs12Section section : sections) {
      for (int i = 0; i < section.bags.size(); i++) {
        SafeBag bag = section.bags.get(i);
        PemBlock block = Pkcs12Bags.key(bag);
        char[] password = block == null ? null : opens(block);
        // A second entry with the same key is another entry.
        if (password != null && (found == null || alias.equals(Pkcs12Bags.alias(bag)))) {
          found = section;
          at = i;
          opened = password;
        }
      }
    }
    if (found == null) {
      throw new MaterialException(
          Reason.NO_KEY, "the key that is to be replaced was not found in the keystore", null);
    }
    SafeBag old = found.bags.get(at);
    PemBlock oldKey = Pkcs12Bags.key(old);
    if (oldKey != null) {
      PemBlock key = keys.like(oldKey, opened);
      found.set(
          at,
          new SafeBag(
              old.getBagId(), ASN1Primitive.fromByteArray(key.content), old.getBagAttributes()));
    }
  }

  private char @Nullable [] opens(PemBlock block) {
    List<char[]> candidates = new ArrayList<>(passwords);
    candidates.add(new char[0]);
    for (char[] password : candidates) {
      try {
        PrivateKey key = PemKeys.open(block, Collections.singletonList(password), null);
        if (KeyMatch.isPair(key, replaced.leaf().getPublicKey())) {
          return password;
        }
      } catch (MaterialException e) {
        // Another password, or another entry.
      }
    }
    return null;
  }

  private void replaceCertificates() throws MaterialException {
    List<X509Certificate> wanted = new ArrayList<>(chains.stored(next));
    List<X509Certificate> needed = new ArrayList<>(chains.intermediates());
    needed.addAll(wanted);
    Pkcs12Section home = null;
    for (Pkcs12Section section : sections) {
      for (int i = 0; i < section.bags.size(); i++) {
        SafeBag bag = section.bags.get(i);
        X509Certificate certificate = Pkcs12Bags.certificate(bag);
        if (certificate != null && certificate.equals(replaced.leaf()) && isOfEntry(bag)) {
          section.set(i, Pkcs12Bags.of(next.leaf(), bag.getBagAttributes()));
          home = section;
          wanted.remove(next.leaf());
        }
      }
    }
    if (home == null) {
      throw new MaterialException(
          Reason.NO_CERTIFICATE,
          "the certificate that is to be replaced was not found in the keystore",
          null);
    }
    for (Pkcs12Section section : sections) {
      for (SafeBag bag : new ArrayList<>(section.bags)) {
        X509Certificate certificate = Pkcs12Bags.certificate(bag);
        if (certificate != null
            && chains.isOldIntermediate(certificate)
            && !needed.contains(certificate)
            && !Pkcs12Bags.isEntry(bag)) {
          section.remove(bag);
        }
        wanted.remove(certificate);
      }
    }
    for (X509Certificate certificate : wanted) {
      home.add(Pkcs12Bags.of(certificate, null));
    }
  }

  /** Two entries may hold one certificate; the one of another alias stays. */
  private boolean isOfEntry(SafeBag bag) {
    String name = Pkcs12Bags.alias(bag);
    return name == null || name.equals(alias) || !hasKeyNamed(name);
  }

  private boolean hasKeyNamed(String name) {
    for (Pkcs12Section section : sections) {
      for (SafeBag bag : section.bags) {
        boolean certificate = bag.getBagId().equals(PKCSObjectIdentifiers.certBag);
        if (!certificate && name.equals(Pkcs12Bags.alias(bag))) {
          return true;
        }
      }
    }
    return false;
  }
}
