package dev.hitless.follow;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that served identities were read from, by what the files hold.
 *
 * <p>The proof of an origin is that the file, loaded again, yields the very leaf that is served.
 * Only if no file does, a file counts that was replaced since it was opened and now holds an
 * identity of the same names: the replacement came between the server's reading and ours.
 *
 * <p>The proof may fit several files, since an application can open copies of its keystore too, or
 * one and the same certificate in two formats; and the one that holds the leaf may be a copy of one
 * that was replaced already. No evidence tells these apart for sure. So {@link #find} returns the
 * likeliest (named on the command line, not named like a copy, opened last), and {@link #rivals}
 * all others that are to be watched beside it.
 *
 * <p>A finder looks at every file once, however many certificates it is asked for, and is then
 * thrown away. Owned by one thread, which must not be a handshake's: it reads files and may derive
 * keys from passwords. It changes nothing, opens regular files only, and never throws because of
 * what it finds.
 */
public final class OriginFinder {
  private final List<Sniffed> files;
  private final boolean unsettled;
  private final Set<Path> named;
  private final KeyStoreSearch keyStores;
  private final PemSearch pems;

  /** Creates a finder that looks where the hints say; looks at the files at once. */
  public OriginFinder(Hints hints) {
    boolean foreign = !KeyStoreSearch.foreignTypes(hints.types()).isEmpty();
    Sniffer sniffer = new Sniffer(foreign, Sniffer.LARGEST);
    this.named = hints.named();
    this.files = sniffer.sniff(hints.files());
    this.files.sort(Comparator.comparingInt(file -> Standing.of(file.path, named)));
    this.unsettled = sniffer.isUnsettled();
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
   * Finds the origin of a served chain. Of several files that hold its leaf, the likeliest is the
   * origin.
   *
   * @param chain leaf first, not empty; its issuers tell which further files belong to a PEM origin
   * @return null if there is none; worth another try later if files are being replaced
   */
  public @Nullable Found find(List<X509Certificate> chain) {
    for (Sniffed file : files) {
      Found found = exact(file, chain);
      if (found != null) {
        return found;
      }
    }
    for (Sniffed file : files) {
      Found found = successor(file, chain);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * Finds the files that may be the origin of a served chain just as well as the one that was
   * found: those that hold the very leaf too, and those that were replaced since they were opened
   * and hold a successor of the same authority, or of any if their name makes them likelier.
   *
   * @param chain leaf first, not empty
   * @param found what {@link #find} returned for it, of this finder or of an earlier one
   */
  public List<Found> rivals(List<X509Certificate> chain, Found found) {
    List<Found> rivals = new ArrayList<>();
    int standing = Standing.of(found.origin().files().get(0), named);
    for (Sniffed file : files) {
      Found rival = exact(file, chain);
      if (rival == null) {
        rival = successor(file, chain);
        boolean akin =
            rival != null
                && (Standing.of(file.path, named) < standing
                    || Kinship.shareIssuer(chain, rival.identity().chain()));
        rival = akin ? rival : null;
      }
      if (rival != null && !rival.origin().describe().equals(found.origin().describe())) {
        rivals.add(rival);
      }
    }
    return rivals;
  }

  /** Returns whether a file was being replaced, so that a finder made later may find more. */
  public boolean isUnsettled() {
    return unsettled;
  }

  private @Nullable Found exact(Sniffed file, List<X509Certificate> chain) {
    return file.format.isPemOrDer() ? pems.exact(file, chain) : keyStores.exact(file, chain.get(0));
  }

  private @Nullable Found successor(Sniffed file, List<X509Certificate> chain) {
    return file.format.isPemOrDer()
        ? pems.successor(file, chain)
        : keyStores.successor(file, chain.get(0));
  }
}
