package dev.hitless.it.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.server.Builds;
import dev.hitless.it.server.FreePorts;
import dev.hitless.it.server.Place;
import dev.hitless.it.server.Server;
import dev.hitless.it.server.ServerProcess;
import dev.hitless.it.server.Trusting;
import dev.hitless.it.start.Agent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A running Tomcat with hitless that lets only clients with a certificate in. */
final class MutualTomcat implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path log;
  private final int port;
  private final Side side;
  private final ServerProcess process;

  private MutualTomcat(Path log, int port, Side side, ServerProcess process) {
    this.log = log;
    this.port = port;
    this.side = side;
    this.process = process;
  }

  /** Starts it with an identity below a root, which is also what it trusts. */
  static MutualTomcat start(Jdk jdk, Path folder, TestCa root) throws Exception {
    Builds builds = new Builds();
    Server tomcat = Trusting.tomcatWithoutKeepAlive();
    builds.build(List.of(tomcat.module()));
    assertThat(builds.failure(tomcat.module())).isEmpty();
    Place place = tomcat.place(builds.folder(), folder, jdk, new FreePorts());
    Side side = new Side(Files.createDirectories(place.tls()), root);
    ServerProcess process = ServerProcess.start(tomcat, place, Optional.of(Agent.jar()));
    MutualTomcat started =
        new MutualTomcat(folder.resolve("server.log"), place.port(), side, process);
    side.logsTo(started::said);
    return started;
  }

  int port() {
    return port;
  }

  Side side() {
    return side;
  }

  /** Waits until a try succeeds. */
  void await(BooleanSupplier attempt) throws InterruptedException {
    assertThat(Await.until(PATIENCE, () -> !process.isAlive() || attempt.getAsBoolean()))
        .as(this::said)
        .isTrue();
    assertThat(process.isAlive()).as(this::said).isTrue();
  }

  /** What it has printed: hitless, and each failed handshake. */
  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
