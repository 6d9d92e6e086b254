package dev.hitless.renew;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.Names;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says that a certificate comes to its end, each stage once per certificate: as its window opens,
 * as a quarter of that is left, in the last day, and when it is over.
 *
 * <p>Not thread-safe: owned by one thread.
 */
public final class ExpiryReports {
  private static final String NO_ISSUER =
      "nothing renews it here: whoever writes its files should by now, or set hitless.renew.issuer";
  private static final String WITH_ISSUER = "see above why it was not renewed yet";

  private final Window window;
  private final Clock clock;
  private final BiConsumer<ExpiryStage, String> news;
  private final Map<Fingerprint, Said> said = new HashMap<>();

  /** What was said of one certificate. */
  private static final class Said {
    final Instant seen;
    Lifetime lifetime;
    ExpiryStage stage = ExpiryStage.FAR;

    Said(Instant seen, Lifetime lifetime) {
      this.seen = seen;
      this.lifetime = lifetime;
    }
  }

  /**
   * Creates reports; nothing is said yet.
   *
   * @param news takes a line for a person, and how much it matters
   */
  public ExpiryReports(Window window, Clock clock, BiConsumer<ExpiryStage, String> news) {
    this.window = window;
    this.clock = clock;
    this.news = news;
  }

  /**
   * Looks at a certificate, and says what is new about it.
   *
   * @param origin the files, in words
   * @param issued looks up when the certificate was issued, null if that is not recorded; asked
   *     before anything is said, and at first where it may matter
   * @param renewed whether hitless renews it, so that an open window is no news
   * @return after how long to look at it again
   */
  public Duration look(
      Identity identity, String origin, Supplier<@Nullable Instant> issued, boolean renewed) {
    Instant now = clock.instant();
    Said about =
        said.computeIfAbsent(
            identity.fingerprint(), f -> new Said(now, lifetime(identity, now, issued)));
    if (stage(about, now).compareTo(about.stage) > 0) {
      // Whoever renewed it may have recorded so after it was seen first.
      about.lifetime = Lifetime.of(identity.leaf(), about.seen, issued.get());
      ExpiryStage stage = stage(about, now);
      if (stage.compareTo(about.stage) > 0) {
        about.stage = stage;
        say(stage, identity, about.lifetime, now, origin, renewed);
      }
    }
    return window.checks(about.lifetime);
  }

  /** Looks for a record only where an hour of back-dating would make a difference. */
  private static Lifetime lifetime(
      Identity identity, Instant seen, Supplier<@Nullable Instant> issued) {
    Lifetime assumed = Lifetime.of(identity.leaf(), seen, null);
    return assumed.isBackDated() ? Lifetime.of(identity.leaf(), seen, issued.get()) : assumed;
  }

  private ExpiryStage stage(Said about, Instant now) {
    return ExpiryStage.of(about.lifetime, window, now);
  }

  /** Forgets every certificate but these. */
  public void retain(Collection<Fingerprint> current) {
    said.keySet().retainAll(current);
  }

  private void say(
      ExpiryStage stage,
      Identity identity,
      Lifetime lifetime,
      Instant now,
      String origin,
      boolean renewed) {
    String line =
        (stage == ExpiryStage.EXPIRED ? "expired: " : "expires soon: ")
            + identity.leaf().getSubjectX500Principal()
            + " "
            + Names.of(identity.leaf())
            + ", SHA-256 "
            + identity.fingerprint()
            + ", of "
            + origin
            + ", valid until "
            + lifetime.expires()
            + (stage == ExpiryStage.EXPIRED
                ? ""
                : ", for another " + inWords(Duration.between(now, lifetime.expires())))
            + "; "
            + (renewed ? WITH_ISSUER : NO_ISSUER);
    if (stage != ExpiryStage.OPEN || !renewed) {
      news.accept(stage, line);
    }
  }

  private static String inWords(Duration left) {
    if (left.toDays() > 1) {
      return left.toDays() + " days";
    }
    return left.toHours() > 1
        ? left.toHours() + " hours"
        : left.toMinutes() > 1
            ? left.toMinutes() + " minutes"
            : left.toMillis() / 1000 + " seconds";
  }
}
