package dev.hitless.it;

import dev.hitless.it.cert.Identities;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.ClientProcess;
import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.server.Place;
import dev.hitless.it.server.Server;
import dev.hitless.it.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One server on one JDK, from its start with certificate 1 through each of its ways. */
final class ServerRun {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration PROOF = Duration.ofSeconds(5);

  private final Bench bench;
  private final Server server;
  private final Jdk jdk;
  private final List<String> options;

  /**
   * A run that is yet to begin.
   *
   * @param options of the server's JVM, besides the agent
   */
  ServerRun(Bench bench, Server server, Jdk jdk, List<String> options) {
    this.bench = bench;
    this.server = server;
    this.jdk = jdk;
    this.options = options;
  }

  Server server() {
    return server;
  }

  /** A row for each way; whatever goes wrong is in the rows. */
  List<Row> run() throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    String failure = bench.builds().failure(server.module());
    try {
      if (failure.isEmpty()) {
        rotate(rows);
      }
    } catch (IOException | GeneralSecurityException e) {
      failure = e.toString();
    } catch (RotationFailed e) {
      failure = e.getMessage();
    }
    for (Way way : server.ways().subList(rows.size(), server.ways().size())) {
      rows.add(Row.failed(server, jdk, way, failure));
    }
    return rows;
  }

  private void rotate(List<Row> rows)
      throws IOException, GeneralSecurityException, InterruptedException, RotationFailed {
    Path folder = bench.newFolder(server + "@" + jdk.feature());
    Place place = server.place(bench.builds().folder(), folder, jdk, bench.ports());
    Files.createDirectories(place.tls());
    Map<Slot, Identity> served = generation(0);
    server.ways().get(0).layOut(place.tls(), server.files().write(served));
    try (ServerProcess process = ServerProcess.start(server, place, bench.agent(), options);
        ClientProcess client = new ClientProcess(bench.root(), place.port())) {
      awaitStart(process, client, served);
      String held = client.hold(server.slots().get(0), server.talk());
      if (!held.equals("answered")) {
        throw new RotationFailed("the first request was not answered: " + held);
      }
      server.slots().forEach(client::loop);
      int judged = 0;
      for (Way way : server.ways()) {
        Map<Slot, Identity> next = generation(rows.size() + 1);
        Rotation rotation = new Rotation(client, served, next, judged);
        rows.add(row(way, place, rotation, process));
        judged = client.handshakes().size();
        served = rotation.isDone() ? next : served;
      }
    }
  }

  private Row row(Way way, Place place, Rotation rotation, ServerProcess process)
      throws IOException, GeneralSecurityException, InterruptedException {
    try {
      if (bench.agent().isEmpty()) {
        boolean took = rotation.runWithoutAgent(way, server.files(), place.tls());
        return Row.passed(server, jdk, way, took ? "new" : "old");
      }
      long millis = rotation.run(way, server.files(), place.tls());
      secondOpinion(place.port(), rotation.after());
      rotation.mustHaveGoneUnnoticed();
      mustBeProved(process, rotation.after());
      return Row.passed(server, jdk, way, millis + " ms");
    } catch (RotationFailed e) {
      return Row.failed(server, jdk, way, e.getMessage() + "\n" + process.output());
    }
  }

  private void awaitStart(ServerProcess process, ClientProcess client, Map<Slot, Identity> served)
      throws IOException, InterruptedException, RotationFailed {
    long deadline = System.nanoTime() + START.toNanos();
    while (!process.isReady()) {
      mustStillStart(process, deadline, "not ready");
      Thread.sleep(50);
    }
    for (Map.Entry<Slot, Identity> each : served.entrySet()) {
      String wanted = each.getValue().fingerprint();
      String seen = client.tryOnce(each.getKey());
      while (!seen.equals(wanted)) {
        mustStillStart(process, deadline, seen);
        Thread.sleep(50);
        seen = client.tryOnce(each.getKey());
      }
    }
  }

  private static void mustStillStart(ServerProcess process, long deadline, String seen)
      throws IOException, RotationFailed {
    if (!process.isAlive() || System.nanoTime() - deadline > 0) {
      throw new RotationFailed("did not start: %s, %s".formatted(seen, process.output()));
    }
  }

  private void secondOpinion(int port, Map<Slot, Identity> served)
      throws IOException, GeneralSecurityException, InterruptedException, RotationFailed {
    if (!Openssl.isInstalled()) {
      return;
    }
    for (Map.Entry<Slot, Identity> each : served.entrySet()) {
      String seen = Openssl.fingerprint(port, each.getKey());
      if (!seen.equals(each.getValue().fingerprint())) {
        throw new RotationFailed("openssl saw another certificate: " + seen);
      }
    }
  }

  /** hitless itself must have looked at what the server presents, and have said so. */
  private static void mustBeProved(ServerProcess process, Map<Slot, Identity> served)
      throws IOException, GeneralSecurityException, InterruptedException, RotationFailed {
    for (Identity each : served.values()) {
      String fingerprint = each.fingerprint();
      if (!Await.until(PROOF, () -> isProved(process, fingerprint))) {
        throw new RotationFailed("hitless has not proved " + fingerprint);
      }
    }
  }

  private static boolean isProved(ServerProcess process, String fingerprint) {
    try {
      return process.linesOfHitless().stream()
          .anyMatch(
              line ->
                  (line.contains(" rotated ") && line.contains(" to " + fingerprint))
                      || (line.contains(" in service ") && line.contains(", " + fingerprint)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<Slot, Identity> generation(int number) throws GeneralSecurityException {
    Identities identities = bench.identities();
    return identities.generation(number, server.slots());
  }

  @Override
  public String toString() {
    return server + " on JDK " + jdk.feature();
  }
}
