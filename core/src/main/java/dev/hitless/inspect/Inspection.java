package dev.hitless.inspect;

import dev.hitless.material.Format;
import dev.hitless.material.MaterialException;
import dev.hitless.material.MaterialException.Reason;
import dev.hitless.material.Passwords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks into files: keystores one by one, PEM and DER files together, so that a key finds its
 * certificate in another file.
 *
 * <p>Immutable and thread-safe. Copies the passwords, and never prints one.
 */
public final class Inspection {
  private final Instant now;
  private final Purpose purpose;
  private final Trust trust;
  private final List<char[]> passwords;
  private final @Nullable String keyStoreType;

  /**
   * Creates one.
   *
   * @param now the time that validity is judged at
   * @param purpose what leaves are judged for
   * @param trust where chains should lead
   * @param passwords what may open keystores and keys; empty if none is known
   * @param keyStoreType how to read a file that is no PKCS12, JKS, JCEKS, PEM or DER; null for not
   *     at all
   */
  public Inspection(
      Instant now,
      Purpose purpose,
      Trust trust,
      List<char[]> passwords,
      @Nullable String keyStoreType) {
    this.now = now;
    this.purpose = purpose;
    this.trust = trust;
    this.passwords = Passwords.copy(passwords);
    this.keyStoreType = keyStoreType;
  }

  /** Looks into files. */
  public FileReport of(List<FileContent> files) {
    LeafChecks leaves = new LeafChecks(now, purpose);
    Judge judge = new Judge(leaves, new ChainChecks(leaves, trust), !passwords.isEmpty());
    KeyStoreLook keyStores = new KeyStoreLook(judge, passwords);
    List<Finding> findings = new ArrayList<>();
    List<Unread> unread = new ArrayList<>();
    PemLook pem = new PemLook(judge, passwords);
    for (FileContent file : files) {
      try {
        Format format = file.format();
        if (format.isPemOrDer()) {
          pem.add(file);
        } else if (format.isKeyStore() || keyStoreType != null) {
          String type = keyStoreType == null ? format.name() : keyStoreType;
          findings.addAll(keyStores.look(file, type));
        } else {
          throw new MaterialException(
              Reason.UNSUPPORTED,
              file.bytes().length == 0
                  ? "is empty"
                  : "holds no key or certificate in a format that hitless knows (PEM, DER, PKCS12,"
                      + " JKS, JCEKS)",
              null);
        }
      } catch (MaterialException e) {
        unread.add(new Unread(file.path(), e.reason(), String.valueOf(e.getMessage())));
      }
    }
    findings.addAll(pem.findings());
    return new FileReport(findings, unread);
  }
}
