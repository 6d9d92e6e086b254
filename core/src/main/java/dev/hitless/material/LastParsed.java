package dev.hitless.material;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the contents that were parsed last hold: a keystore is read several times as it is renewed,
 * by who renews and by who follows, and each time its password takes tens of milliseconds to become
 * keys. Thread-safe.
 */
final class LastParsed {
  /** That before a renewal and that after it. */
  private static final int MOST = 2;

  private final Map<Fingerprint, Map<String, Identity>> contents = new LinkedHashMap<>();

  /** Parses, which may take long and may be done twice at once. */
  interface Parser {
    Map<String, Identity> parse() throws MaterialException;
  }

  /**
   * Returns what a content holds.
   *
   * @param parser what tells, if it is not known
   * @throws MaterialException as the parser throws it; that is not remembered
   */
  Map<String, Identity> get(byte[] content, Parser parser) throws MaterialException {
    Fingerprint digest = Fingerprint.ofBytes(content);
    Map<String, Identity> known = known(digest);
    return known == null ? remember(digest, parser.parse()) : known;
  }

  private synchronized @Nullable Map<String, Identity> known(Fingerprint digest) {
    return contents.get(digest);
  }

  private synchronized Map<String, Identity> remember(
      Fingerprint digest, Map<String, Identity> parsed) {
    Map<String, Identity> result = Collections.unmodifiableMap(parsed);
    contents.remove(digest);
    if (contents.size() >= MOST) {
      contents.remove(contents.keySet().iterator().next());
    }
    contents.put(digest, result);
    return result;
  }
}
