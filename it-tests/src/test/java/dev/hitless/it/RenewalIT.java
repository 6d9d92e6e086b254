package dev.hitless.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.client.ClientProcess;
import dev.hitless.it.client.Handshake;
import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.server.Catalog;
import dev.hitless.it.server.Place;
import dev.hitless.it.server.Server;
import dev.hitless.it.server.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A real Tomcat whose certificates live for less than a minute, and which renews them by itself
 * from a local CA, while a client that verifies name, chain and validity makes full handshakes all
 * the time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
final class RenewalIT {
  private static final Duration LIFETIME = Duration.ofSeconds(40);

  /** A server ends a connection of its own accord after so many requests; Tomcat after 100. */
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(5);

  private static final Duration START = Duration.ofSeconds(60);
  private static final boolean FULL = "full".equals(System.getenv("HITLESS_IT"));

  /** Several lifetimes, so that whoever renews too late is found out. */
  private static final int LIFETIMES = FULL ? 3 : 2;

  private final ExecutorService executor = Executors.newCachedThreadPool();

  @TestFactory
  Stream<DynamicTest> renewsInTimeUnderLoad() throws Exception {
    Bench bench = Bench.setUp();
    List<Server> servers =
        Catalog.all().stream()
            .filter(each -> Set.of("tomcat-9-keystore", "tomcat-9-pem").contains(each.name()))
            .toList();
    bench.builds().build(servers.stream().map(Server::module).toList());
    NavigableMap<Integer, Jdk> jdks = Jdks.find();
    Set<Integer> features = new TreeSet<>(Set.of(jdks.firstKey(), jdks.lastKey()));
    List<Run> runs = new ArrayList<>();
    for (int feature : features) {
      runs.add(new Run(bench, servers.get(0), jdks.get(feature)));
    }
    if (FULL) {
      runs.add(new Run(bench, servers.get(1), jdks.lastEntry().getValue()));
    }
    Map<Run, Future<?>> results = new LinkedHashMap<>();
    runs.forEach(run -> results.put(run, executor.submit(run::call)));
    return results.entrySet().stream()
        .map(run -> DynamicTest.dynamicTest(run.getKey().toString(), () -> run.getValue().get()));
  }

  @AfterAll
  void end() {
    executor.shutdownNow();
  }

  /** One Tomcat on one JDK. */
  private record Run(Bench bench, Server server, Jdk jdk) {

    @Override
    public String toString() {
      return server + " on JDK " + jdk.feature();
    }

    Void call() throws Exception {
      assertThat(bench.builds().failure(server.module())).isEmpty();
      Path folder = bench.newFolder("renewal-" + server + "@" + jdk.feature());
      Place place = server.place(bench.builds().folder(), folder, jdk, bench.ports());
      Files.createDirectories(place.tls());
      TestCa ca = bench.identities().ca();
      Path caFile = folder.resolve("ca.pem");
      Identity issuer = ca.issuer();
      Files.writeString(caFile, Pem.key(issuer.key()) + Pem.certificates(issuer.chain()));
      Slot slot = server.slots().get(0);
      Identity first = ca.issue(slot.kind(), List.of("localhost", "127.0.0.1"), START);
      Way.RENAME.layOut(place.tls(), server.files().write(Map.of(slot, first)));
      List<String> settings =
          List.of(
              "-Dhitless.renew.issuer=local-ca",
              "-Dhitless.renew.local-ca.cert=" + caFile,
              "-Dhitless.renew.validity=" + LIFETIME.toSeconds() + "s");
      try (ServerProcess process = ServerProcess.start(server, place, bench.agent(), settings);
          ClientProcess client = new ClientProcess(bench.root(), place.port())) {
        judge(process, client, slot);
      }
      return null;
    }

    private void judge(ServerProcess process, ClientProcess client, Slot slot) throws Exception {
      boolean started =
          Await.until(
              START,
              () -> {
                try {
                  return client.tryOnce(slot).matches("[0-9a-f]{64}");
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(started).as("started: %s", process.output()).isTrue();
      assertThat(client.hold(slot, server.talk())).isEqualTo("answered");
      client.loop(slot);
      long until = System.nanoTime() + LIFETIME.multipliedBy(LIFETIMES).toNanos();
      while (System.nanoTime() < until) {
        Thread.sleep(BETWEEN_REQUESTS.toMillis());
        assertThat(process.isAlive()).as(process.output()).isTrue();
        assertThat(client.ask()).as("the connection that stays open").isEqualTo("answered");
      }
      List<Handshake> handshakes = client.handshakes();
      List<Handshake> failed = handshakes.stream().filter(Handshake::failed).toList();
      Set<String> seen = handshakes.stream().map(Handshake::outcome).collect(Collectors.toSet());
      List<String> lines = process.linesOfHitless();
      long renewed = lines.stream().filter(line -> line.contains("INFO: renewed ")).count();
      System.out.printf(
          "%s, certificates of %d s: %d renewals, %d certificates seen, %d handshakes, %d failed%n",
          this, LIFETIME.toSeconds(), renewed, seen.size(), handshakes.size(), failed.size());
      String log = String.join("\n", lines);
      assertThat(failed).as(log).isEmpty();
      assertThat(renewed).as(log).isGreaterThanOrEqualTo(LIFETIMES);
      assertThat(seen).as(log).hasSizeGreaterThanOrEqualTo(LIFETIMES);
    }
  }
}
