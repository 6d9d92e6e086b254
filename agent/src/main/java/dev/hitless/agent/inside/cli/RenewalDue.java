package dev.hitless.agent.inside.cli;

import dev.hitless.config.Config;
import dev.hitless.config.Settings;
import dev.hitless.material.Fingerprint;
import dev.hitless.renew.Lifetime;
import dev.hitless.renew.Window;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/** When hitless would renew a certificate, if it were told to and to nothing else. */
final class RenewalDue {
  private static final Window DEFAULT = window(new Config(Settings.read(null, new Properties())));

  private RenewalDue() {}

  private static Window window(Config config) {
    return new Window(config.renewal().window(), config.renewal().check(), Window::byFingerprint);
  }

  /** Returns from when on a leaf is due; empty for a CA, which is never renewed. */
  static Optional<Instant> of(X509Certificate certificate, Instant now) {
    if (certificate.getBasicConstraints() >= 0) {
      return Optional.empty();
    }
    Lifetime lifetime = Lifetime.of(certificate, now, null);
    return Optional.of(DEFAULT.due(lifetime, Fingerprint.of(certificate)));
  }
}
