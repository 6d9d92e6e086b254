package dev.hitless.it.renew;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.material.Identity;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Eight servers, of the oldest and the newest JDK, on one keystore that each of them may renew: one
 * does, each time, and all come to serve what it issued, or what came after it.
 *
 * <p>{@code -Dhitless.shared.renewals=200} waits for so many, of certificates of seconds.
 */
@Execution(ExecutionMode.CONCURRENT)
class SharedFilesIT {
  private static final int SERVERS = 8;
  private static final int USUAL = "full".equals(System.getenv("HITLESS_IT")) ? 8 : 3;
  private static final int RENEWALS = Integer.getInteger("hitless.shared.renewals", USUAL);
  private static final Duration VALIDITY = Duration.ofSeconds(RENEWALS > USUAL ? 12 : 24);
  private static final Duration PATIENCE =
      Duration.ofMinutes(4).plus(VALIDITY.multipliedBy(RENEWALS));
  private static final Pattern END = Pattern.compile("([0-9a-f]{64}), valid until ([^,]+), issued");

  @TempDir Path folder;
  private final List<KeyStoreServer> servers = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (KeyStoreServer server : servers) {
      server.close();
    }
  }

  @Test
  void areRenewedByOneAndServedByAll() throws Exception {
    TestCa ca = TestCa.create("shared root").intermediate("shared issuing");
    Instant now = Instant.now();
    Identity first = ca.issue("EC", now, now.plusSeconds(40), "localhost");
    Path keyStore = folder.resolve("server.p12");
    Files.write(keyStore, KeyStores.pkcs12("server", first, KeyStoreServer.PASSWORD));
    Path authority = folder.resolve("ca.pem");
    Files.createFile(
        authority,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(authority, Pems.combined(ca.identity()));
    List<Jdk> jdks = List.copyOf(Jdks.find().values());
    for (int i = 0; i < SERVERS; i++) {
      Jdk jdk = jdks.get(i % 2 == 0 ? 0 : jdks.size() - 1);
      servers.add(
          KeyStoreServer.start(
              jdk,
              keyStore,
              folder.resolve("log-" + i),
              "-Dhitless.renew.issuer=local-ca",
              "-Dhitless.renew.local-ca.cert=" + authority,
              "-Dhitless.renew.window=" + VALIDITY.toSeconds() * 5 / 6 + "s",
              "-Dhitless.renew.validity=" + VALIDITY.toSeconds() + "s"));
    }

    boolean renewed = Await.until(PATIENCE, () -> all("INFO: renewed ").size() >= RENEWALS);

    assertThat(renewed).as(logs()).isTrue();
    List<String> issued = all("INFO: renewed ");
    assertThat(new HashSet<>(issued)).as("each once: %s", logs()).hasSameSizeAs(issued);
    assertThat(warnings()).isEmpty();
    assertThat(Await.until(PATIENCE, this::allServeOne)).as(logs()).isTrue();
    for (KeyStoreServer server : servers) {
      List<String> rotated = server.fingerprints("INFO: rotated ");
      // Whoever renewed says so after the others may have seen it.
      assertThat(Await.until(PATIENCE, () -> all("INFO: renewed ").containsAll(rotated)))
          .as("it serves nothing that nobody renewed: %s", logs())
          .isTrue();
      assertThat(ends(rotated)).as("it never goes back: %s", server.log()).isSorted();
    }
    System.out.printf(
        "%d servers, certificates of %d s: %d renewals, %s rotations%n",
        SERVERS,
        VALIDITY.toSeconds(),
        issued.size(),
        servers.stream().map(each -> each.fingerprints("INFO: rotated ").size()).toList());
  }

  /** When certificates expire. */
  private List<Instant> ends(List<String> fingerprints) {
    Map<String, Instant> ends = new HashMap<>();
    for (KeyStoreServer each : servers) {
      Matcher renewed = END.matcher(each.log());
      while (renewed.find()) {
        ends.put(renewed.group(1), Instant.parse(renewed.group(2)));
      }
    }
    return fingerprints.stream().map(ends::get).toList();
  }

  /** Whichever is the current one, while the next may be on its way. */
  private boolean allServeOne() {
    return servers.stream().map(KeyStoreServer::presents).distinct().count() == 1
        && all("INFO: renewed ").contains(servers.get(0).presents());
  }

  private List<String> all(String mark) {
    return servers.stream().flatMap(server -> server.fingerprints(mark).stream()).toList();
  }

  /** But those of certificates of seconds that a machine with too much to do renews late. */
  private List<String> warnings() {
    return servers.stream()
        .flatMap(server -> server.log().lines())
        .filter(line -> line.contains("hitless WARN: "))
        .filter(line -> !line.contains("expires soon: ") && !line.contains("certificate expired"))
        .toList();
  }

  private String logs() {
    StringBuilder all = new StringBuilder();
    servers.forEach(server -> all.append(server.log()).append("\n\n"));
    return all.toString();
  }
}
