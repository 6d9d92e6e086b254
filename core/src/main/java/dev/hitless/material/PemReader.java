package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.jspecify.annotations.Nullable;

/**
 * Reads private keys and certificates from PEM (RFC 7468, and OpenSSL's older ways) and DER files,
 * in any number and order; a key finds its certificate by its public key.
 *
 * <p>Stateless and thread-safe. The caller's arrays of passwords are neither kept nor changed.
 */
public final class PemReader {
  private PemReader() {}

  /**
   * Reads every private key with its chain. The only key gets all certificates, in order; each of
   * several keys gets those that links lead to from its leaf.
   *
   * <p>A key without certificate or that cannot be opened is left out as long as another is good; a
   * file that is damaged is an error in any case.
   *
   * @param contents the bytes of the files
   * @param passwords what may open encrypted keys; empty if none is known
   * @return identities by alias: {@code pem-} and the number of the key in the files, from 0; never
   *     empty
   * @throws MaterialException why there is none, or what is damaged
   */
  public static Map<String, Identity> read(List<byte[]> contents, List<char[]> passwords)
      throws MaterialException {
    Set<X509Certificate> certificates = new LinkedHashSet<>();
    List<PrivateKey> keys = new ArrayList<>();
    MaterialException problem = null;
    List<Integer> numbers = new ArrayList<>();
    int number = 0;
    for (byte[] content : contents) {
      ASN1Encodable curve = null;
      for (PemBlock block : blocks(content)) {
        if (isCertificate(block)) {
          certificates.add(certificate(block));
        } else if (block.label.equals("EC PARAMETERS")) {
          curve = curve(block);
        } else if (PemKeys.isKey(block)) {
          try {
            keys.add(PemKeys.open(block, passwords, curve));
            numbers.add(number);
          } catch (MaterialException e) {
            if (e.reason() == Reason.MALFORMED) {
              throw e;
            }
            problem = problem == null ? e : problem;
          }
          number++;
        }
      }
    }
    if (keys.isEmpty()) {
      throw problem != null
          ? problem
          : new MaterialException(Reason.NO_KEY, "the files hold no private key", null);
    }
    Map<String, Identity> identities = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      try {
        Identity identity = identity(keys.get(i), certificates, keys.size() > 1);
        if (!identities.containsValue(identity)) {
          identities.put("pem-" + numbers.get(i), identity);
        }
      } catch (MaterialException e) {
        problem = problem == null ? e : problem;
      }
    }
    if (identities.isEmpty() && problem != null) {
      throw problem;
    }
    return identities;
  }

  /**
   * Returns the certificates of one file, in its order; empty if it holds none.
   *
   * @throws MaterialException with {@code MALFORMED} if the file is damaged or neither PEM nor DER
   */
  public static List<X509Certificate> certificates(byte[] content) throws MaterialException {
    return holding(content).certificates;
  }

  /** What one file holds, keys unopened. */
  public static final class Holding {
    private final List<X509Certificate> certificates = new ArrayList<>();
    private boolean key;

    private Holding() {}

    /** Returns the certificates in the order of the file; empty if it holds none. */
    public List<X509Certificate> certificates() {
      return certificates;
    }

    /** Returns whether there is a private key, encrypted or not. */
    public boolean holdsKey() {
      return key;
    }
  }

  /**
   * Returns what one file holds.
   *
   * @throws MaterialException with {@code MALFORMED} if the file is damaged or neither PEM nor DER
   */
  public static Holding holding(byte[] content) throws MaterialException {
    Holding holding = new Holding();
    for (PemBlock block : blocks(content)) {
      if (isCertificate(block)) {
        holding.certificates.add(certificate(block));
      } else {
        holding.key |= PemKeys.isKey(block);
      }
    }
    return holding;
  }

  /**
   * Returns the private keys of one file in its order, each opened or with the reason why not;
   * empty if it holds none.
   *
   * @param passwords what may open encrypted keys; empty if none is known
   * @throws MaterialException with {@code MALFORMED} if the file is damaged or neither PEM nor DER
   */
  public static List<StoredKey> keys(byte[] content, List<char[]> passwords)
      throws MaterialException {
    List<StoredKey> keys = new ArrayList<>();
    ASN1Encodable curve = null;
    for (PemBlock block : blocks(content)) {
      if (block.label.equals("EC PARAMETERS")) {
        curve = curve(block);
      } else if (PemKeys.isKey(block)) {
        boolean encrypted = PemKeys.isEncrypted(block);
        try {
          keys.add(StoredKey.opened(PemKeys.open(block, passwords, curve), encrypted));
        } catch (MaterialException e) {
          keys.add(StoredKey.closed(e, encrypted));
        }
      }
    }
    return keys;
  }

  /**
   * Returns whether one file holds a private key, encrypted or not.
   *
   * @throws MaterialException with {@code MALFORMED} if the file is damaged or neither PEM nor DER
   */
  public static boolean holdsKey(byte[] content) throws MaterialException {
    for (PemBlock block : blocks(content)) {
      if (PemKeys.isKey(block)) {
        return true;
      }
    }
    return false;
  }

  private static List<PemBlock> blocks(byte[] content) throws MaterialException {
    switch (Format.of(content)) {
      case PEM:
        return PemBlock.parse(content);
      case DER_CERTIFICATE:
        return Collections.singletonList(PemBlock.of("CERTIFICATE", content));
      case DER_KEY:
        return Collections.singletonList(PemBlock.of("PRIVATE KEY", content));
      default:
        throw new MaterialException(
            Reason.MALFORMED,
            content.length == 0 ? "a file is empty" : "a file is neither PEM nor DER",
            null);
    }
  }

  static boolean isCertificate(PemBlock block) {
    return block.label.equals("CERTIFICATE")
        || block.label.equals("X509 CERTIFICATE")
        || block.label.equals("TRUSTED CERTIFICATE");
  }

  static X509Certificate certificate(PemBlock block) throws MaterialException {
    try {
      // OpenSSL's trust settings follow the certificate in a TRUSTED block; they are not read.
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.content));
      if (certificate instanceof X509Certificate) {
        return (X509Certificate) certificate;
      }
    } catch (CertificateException | RuntimeException e) {
      throw new MaterialException(Reason.MALFORMED, "a certificate is damaged", e);
    }
    throw new MaterialException(Reason.MALFORMED, "a certificate is damaged", null);
  }

  static @Nullable ASN1Encodable curve(PemBlock block) throws MaterialException {
    try {
      return ASN1Primitive.fromByteArray(block.content);
    } catch (IOException | RuntimeException e) {
      throw new MaterialException(Reason.MALFORMED, "the EC PARAMETERS are damaged", e);
    }
  }

  private static Identity identity(
      PrivateKey key, Set<X509Certificate> certificates, boolean severalKeys)
      throws MaterialException {
    X509Certificate leaf = severalKeys ? Chain.leafOf(key, new ArrayList<>(certificates)) : null;
    return leaf == null
        ? Identity.of(key, certificates)
        : Identity.of(key, Chain.linked(leaf, certificates));
  }
}
