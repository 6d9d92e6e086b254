package dev.hitless.policy;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of which a peer's certificate must have one among its subject alternative names (RFC 5280,
 * section 4.2.1.6): DNS names, {@code *.example.com} for any one label, URIs, and {@code
 * spiffe://example.org/*} for all that begin so.
 *
 * <p>Immutable and thread-safe.
 */
final class PeerNames {
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final Pattern DNS_FORM =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
  private static final Pattern URI_FORM =
      Pattern.compile("[a-z][a-z0-9+.-]*://[^/*\\s]+(/[^*\\s]*)?\\*?", Pattern.CASE_INSENSITIVE);

  private final List<String> dns = new ArrayList<>();
  private final List<String> uris = new ArrayList<>();

  /**
   * Parses patterns.
   *
   * @throws IllegalArgumentException if one is neither a DNS name nor a URI
   */
  PeerNames(List<String> patterns) {
    for (String pattern : patterns) {
      String lower = pattern.toLowerCase(Locale.ROOT);
      if (pattern.contains("://")) {
        boolean prefix = pattern.endsWith("*");
        if (!URI_FORM.matcher(pattern).matches() || (prefix && !pattern.endsWith("/*"))) {
          throw new IllegalArgumentException(
              "holds \"" + pattern + "\", which is no URI, nor one up to a / with * after it");
        }
        uris.add(plain(pattern));
      } else if (isDns(lower)) {
        dns.add(lower);
      } else {
        throw new IllegalArgumentException(
            "holds \""
                + pattern
                + "\", which is no DNS name such as a.example.com or *.example.com, and no URI such"
                + " as spiffe://example.org/web or spiffe://example.org/*");
      }
    }
  }

  /** Returns whether a text in lower case is a DNS name, or one with {@code *} as first label. */
  static boolean isDns(String name) {
    return DNS_FORM.matcher(name).matches();
  }

  /** Returns a URI with its scheme and authority in lower case, where case does not count. */
  private static String plain(String uri) {
    int authority = uri.indexOf("://") + "://".length();
    int path = uri.indexOf('/', authority);
    int end = path < 0 ? uri.length() : path;
    return uri.substring(0, end).toLowerCase(Locale.ROOT) + uri.substring(end);
  }

  /** Returns the names of a certificate that count here, in its order; empty if it has none. */
  static List<String> of(X509Certificate leaf) {
    List<String> names = new ArrayList<>();
    for (List<?> entry : entries(leaf)) {
      if (entry.get(0).equals(DNS) || entry.get(0).equals(URI)) {
        names.add(String.valueOf(entry.get(1)));
      }
    }
    return Collections.unmodifiableList(names);
  }

  private static Collection<List<?>> entries(X509Certificate leaf) {
    try {
      Collection<List<?>> found = leaf.getSubjectAlternativeNames();
      return found == null ? Collections.emptyList() : found;
    } catch (CertificateParsingException e) {
      return Collections.emptyList(); // names that cannot be read are none that are allowed
    }
  }

  boolean permits(X509Certificate leaf) {
    for (List<?> entry : entries(leaf)) {
      String name = String.valueOf(entry.get(1));
      if ((entry.get(0).equals(DNS) && permitsDns(name.toLowerCase(Locale.ROOT)))
          || (entry.get(0).equals(URI) && permitsUri(name))) {
        return true;
      }
    }
    return false;
  }

  private boolean permitsDns(String name) {
    for (String pattern : dns) {
      if (name.equals(pattern)) {
        return true;
      }
      int dot = name.indexOf('.');
      if (pattern.startsWith("*.") && dot > 0 && name.substring(dot).equals(pattern.substring(1))) {
        return true;
      }
    }
    return false;
  }

  private boolean permitsUri(String uri) {
    if (!uri.contains("://")) {
      return false;
    }
    String name = plain(uri);
    for (String pattern : uris) {
      if (pattern.endsWith("/*")
          ? name.length() >= pattern.length()
              && name.startsWith(pattern.substring(0, pattern.length() - 1))
              && isStraight(name)
          : name.equals(pattern)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a path leads nowhere but where it seems to. */
  private static boolean isStraight(String uri) {
    for (String segment : uri.split("[/?#]", -1)) {
      if (segment.equals(".") || segment.equals("..") || segment.contains("%")) {
        return false;
      }
    }
    return true;
  }
}
