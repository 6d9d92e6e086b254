package dev.hitless;

import dev.hitless.config.ConfiguredRenewal;
import dev.hitless.config.ConfiguredStore;
import dev.hitless.material.Location;
import dev.hitless.renew.CommandWay;
import dev.hitless.renew.IssuerWay;
import dev.hitless.renew.Way;
import dev.hitless.renew.issue.ArgumentList;
import dev.hitless.renew.issue.ExecIssuer;
import dev.hitless.renew.issue.Issuer;
import dev.hitless.renew.issue.KeyKind;
import dev.hitless.renew.issue.LocalCa;
import dev.hitless.renew.publish.Disk;
import dev.hitless.renew.publish.Publisher;
import dev.hitless.report.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The configured issuers, in their order. What cannot be used is logged and left out. */
final class ConfiguredWays {
  private final ConfiguredRenewal configured;
  private final Publisher publisher;
  private final Disk disk;
  private final Clock clock;
  private final Log log;
  private final SecureRandom random = new SecureRandom();

  ConfiguredWays(
      ConfiguredRenewal configured, Publisher publisher, Disk disk, Clock clock, Log log) {
    this.configured = configured;
    this.publisher = publisher;
    this.disk = disk;
    this.clock = clock;
    this.log = log;
  }

  List<Way> all() {
    List<Way> ways = new ArrayList<>();
    for (String name : configured.issuers()) {
      try {
        ways.add(way(name));
      } catch (IOException | IllegalArgumentException e) {
        log.warn("hitless.renew.issuer=" + name + " cannot be used: " + e.getMessage());
      }
    }
    return ways;
  }

  private Way way(String name) throws IOException {
    Duration validity = configured.validity();
    switch (name) {
      case ConfiguredRenewal.LOCAL_CA:
        ConfiguredStore ca = configured.localCa();
        return by(new LocalCa(location(ca), ca.alias(), disk, clock, random, log::warn));
      case ConfiguredRenewal.EXEC:
        return by(new ExecIssuer(command(configured.exec()), configured.execTimeout(), log::info));
      default:
        return new CommandWay(
            command(configured.command()),
            configured.commandTimeout(),
            validity,
            disk,
            clock,
            log::info);
    }
  }

  private Way by(Issuer issuer) {
    return new IssuerWay(
        issuer,
        publisher,
        KeyKind.parse(configured.key()),
        configured.reuseKey(),
        configured.validity(),
        clock,
        random);
  }

  private static List<String> command(@Nullable String line) {
    return ArgumentList.parse(Objects.requireNonNull(line));
  }

  private static Location location(ConfiguredStore store) throws IOException {
    char[] password = Configured.password(store.password(), store.passwordFile());
    char[] keyPassword = Configured.password(store.keyPassword(), store.keyPasswordFile());
    List<char[]> keyPasswords = new ArrayList<>();
    for (char[] each : Arrays.asList(keyPassword, password)) {
      if (each != null) {
        keyPasswords.add(each);
      }
    }
    String keyStore = store.keyStore();
    if (keyStore != null) {
      String type = store.type();
      return Location.keyStore(
          Paths.get(keyStore), type == null ? "PKCS12" : type, null, password, keyPasswords);
    }
    List<Path> files = new ArrayList<>();
    for (String file : Arrays.asList(store.certificate(), store.key())) {
      if (file != null) {
        files.add(Paths.get(file));
      }
    }
    return Location.pem(files, keyPasswords);
  }
}
