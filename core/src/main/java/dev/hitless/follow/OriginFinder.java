package dev.hitless.follow;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that served identities were read from, by what the files hold.
 *
 * <p>The proof of an origin is that the file, loaded again, yields the very leaf that is served.
 * Only if no file does, a file counts that was replaced since it was opened and now holds an
 * identity of the same names: the replacement came between the server's reading and ours.
 *
 * <p>A finder looks at every file once, however many certificates it is asked for, and is then
 * thrown away. Owned by one thread, which must not be a handshake's: it reads files and may derive
 * keys from passwords. It changes nothing, opens regular files only, and never throws because of
 * what it finds.
 */
public final class OriginFinder {
  private final List<Sniffed> files;
  private final KeyStoreSearch keyStores;
  private final PemSearch pems;

  /** Creates a finder that looks where the hints say; looks at the files at once. */
  public OriginFinder(Hints hints) {
    boolean foreign = !KeyStoreSearch.foreignTypes(hints.types()).isEmpty();
    this.files = new Sniffer(foreign, Sniffer.LARGEST).sniff(hints.files());
    this.keyStores = new KeyStoreSearch(hints);
    List<Sniffed> pemFiles = new ArrayList<>();
    for (Sniffed file : files) {
      if (file.format.isPemOrDer()) {
        pemFiles.add(file);
      }
    }
    this.pems = new PemSearch(pemFiles, hints.passwords());
  }

  /**
   * Finds the origin of a served certificate of which only the leaf is known.
   *
   * @return null if there is none; worth another try later if files are being replaced
   */
  public @Nullable Found find(X509Certificate leaf) {
    return find(Collections.singletonList(leaf));
  }

  /**
   * Finds the origin of a served chain. Of several files that hold its leaf, the one that was
   * opened last is the origin.
   *
   * @param chain leaf first, not empty; its issuers tell which further files belong to a PEM origin
   * @return null if there is none; worth another try later if files are being replaced
   */
  public @Nullable Found find(List<X509Certificate> chain) {
    for (Sniffed file : files) {
      Found found =
          file.format.isPemOrDer() ? pems.exact(file, chain) : keyStores.exact(file, chain.get(0));
      if (found != null) {
        return found;
      }
    }
    for (Sniffed file : files) {
      Found found =
          file.format.isPemOrDer()
              ? pems.successor(file, chain)
              : keyStores.successor(file, chain.get(0));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
