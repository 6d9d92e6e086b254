package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an identity in PEM or DER files, laid out as it was: the key in its encoding, the leaf
 * wherever it stood, and the rest of the chain where the old rest stood. All other blocks and all
 * text stay. Used once, by one thread.
 */
final class PemRewriter {
  private final List<char[]> passwords;
  private final Identity replaced;
  private final KeyWriter keys;
  private final KeyEncodings nextKey;
  private final Identity next;
  private final Chains chains;
  private boolean foundKey;
  private boolean foundLeaf;

  PemRewriter(
      List<char[]> passwords, Identity replaced, Identity next, Chains chains, SecureRandom random)
      throws MaterialException {
    this.passwords = passwords;
    this.replaced = replaced;
    this.next = next;
    this.chains = chains;
    this.nextKey = KeyEncodings.of(next);
    this.keys = new KeyWriter(nextKey, random);
  }

  /**
   * Returns the new bytes of the files, in their order.
   *
   * @throws MaterialException why they cannot be written, or what is not found in them
   */
  List<byte[]> rewrite(List<byte[]> contents) throws MaterialException {
    boolean chainSomewhere = false;
    for (byte[] content : contents) {
      for (X509Certificate certificate : PemReader.certificates(content)) {
        chainSomewhere |= chains.isOldIntermediate(certificate);
      }
    }
    List<byte[]> written = new ArrayList<>();
    for (byte[] content : contents) {
      written.add(Format.of(content) == Format.PEM ? pem(content, chainSomewhere) : der(content));
    }
    if (!foundKey || !foundLeaf) {
      throw new MaterialException(
          foundKey ? Reason.NO_CERTIFICATE : Reason.NO_KEY,
          "the files do not hold the certificate and the key that are to be replaced",
          null);
    }
    return written;
  }

  private byte[] pem(byte[] content, boolean chainSomewhere) throws MaterialException {
    PemText text = PemText.parse(content);
    List<@Nullable List<PemBlock>> blocks = new ArrayList<>();
    int parameters = -1;
    ASN1Encodable curve = null;
    boolean intermediatesWritten = false;
    boolean rootsWritten = false;
    for (PemText.Part part : text.parts()) {
      PemBlock block = part.block;
      List<PemBlock> replacement = null;
      if (block != null && PemReader.isCertificate(block)) {
        X509Certificate certificate = PemReader.certificate(block);
        if (certificate.equals(replaced.leaf())) {
          foundLeaf = true;
          replacement = certificates(block, Collections.singletonList(next.leaf()));
          if (!chainSomewhere) {
            replacement.addAll(certificates(PemBlock.of(block.label, new byte[0]), chains.added()));
          }
        } else if (chains.isOldIntermediate(certificate)) {
          replacement =
              certificates(
                  block, intermediatesWritten ? Collections.emptyList() : chains.intermediates());
          intermediatesWritten = true;
        } else if (chains.isOldRoot(certificate)) {
          replacement =
              certificates(block, rootsWritten ? Collections.emptyList() : chains.roots());
          rootsWritten = true;
        }
      } else if (block != null && block.label.equals("EC PARAMETERS")) {
        curve = PemReader.curve(block);
        parameters = blocks.size();
      } else if (block != null && PemKeys.isKey(block)) {
        char[] password = opens(block, curve);
        if (password != null) {
          foundKey = true;
          replacement = Collections.singletonList(keys.like(block, password));
          if (parameters >= 0) {
            blocks.set(parameters, parameters());
          }
        }
      }
      blocks.add(replacement);
    }
    return text.with(blocks);
  }

  private byte[] der(byte[] content) throws MaterialException {
    if (Format.of(content) == Format.DER_KEY) {
      PemBlock block = PemBlock.of("PRIVATE KEY", content);
      char[] password = opens(block, null);
      foundKey |= password != null;
      return password == null ? content : keys.like(block, password).content;
    }
    X509Certificate certificate = PemReader.certificates(content).get(0);
    if (certificate.equals(replaced.leaf())) {
      foundLeaf = true;
      return encoded(next.leaf());
    }
    X509Certificate successor = chains.successor(certificate);
    return successor == null ? content : encoded(successor);
  }

  private List<PemBlock> parameters() throws MaterialException {
    byte[] curve = nextKey.curve();
    return curve == null
        ? Collections.emptyList()
        : Collections.singletonList(PemBlock.of("EC PARAMETERS", curve));
  }

  /** Returns what opens a block with the key to be replaced; null if it holds another key. */
  private char @Nullable [] opens(PemBlock block, @Nullable ASN1Encodable curve) {
    List<char[]> candidates = new ArrayList<>(passwords);
    candidates.add(new char[0]);
    for (char[] password : candidates) {
      try {
        PrivateKey key = PemKeys.open(block, Collections.singletonList(password), curve);
        if (KeyMatch.isPair(key, replaced.leaf().getPublicKey())) {
          return password;
        }
      } catch (MaterialException e) {
        // Another password, or another key that is none of ours.
      }
    }
    return null;
  }

  /** Blocks in the place of one, with its label; OpenSSL's trust settings stay with the leaf. */
  private static List<PemBlock> certificates(PemBlock old, List<X509Certificate> next)
      throws MaterialException {
    List<PemBlock> blocks = new ArrayList<>();
    for (X509Certificate certificate : next) {
      byte[] der = encoded(certificate);
      DerHeader outer = DerHeader.at(old.content, 0);
      if (blocks.isEmpty() && outer != null && outer.end > 0 && outer.end < old.content.length) {
        byte[] settings = Arrays.copyOfRange(old.content, (int) outer.end, old.content.length);
        int length = der.length;
        der = Arrays.copyOf(der, length + settings.length);
        System.arraycopy(settings, 0, der, length, settings.length);
      }
      blocks.add(PemBlock.of(old.label, der));
    }
    return blocks;
  }

  private static byte[] encoded(X509Certificate certificate) throws MaterialException {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new MaterialException(Reason.MALFORMED, "a new certificate has no encoding", e);
    }
  }
}
