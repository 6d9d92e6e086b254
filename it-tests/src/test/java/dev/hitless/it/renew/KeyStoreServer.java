package dev.hitless.it.renew;

import dev.hitless.it.Await;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.start.Probes;
import dev.hitless.material.Fingerprint;
import dev.hitless.testing.TlsClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small server with hitless in it, which reads its keystore at its start and never again. */
final class KeyStoreServer implements AutoCloseable {
  static final String PASSWORD = "changeit";
  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern PORT = Pattern.compile("(?m)^port ([0-9]+)[.]$");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private final Process process;
  private final Path log;

  private KeyStoreServer(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts one and returns when it listens; on a port of its own choice. */
  static KeyStoreServer start(Jdk jdk, Path keyStore, Path log, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    command.addAll(Jdk.BRISK);
    command.add("-javaagent:" + Path.of(System.getProperty("hitless.it.jar")).toRealPath());
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("-cp", Probes.classes("server"), "app.TlsServer", keyStore.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    KeyStoreServer server = new KeyStoreServer(process, log);
    if (!Await.until(START, () -> server.port().isPresent() || !process.isAlive())
        || server.port().isEmpty()) {
      server.close();
      throw new IOException("the server does not listen: " + server.log());
    }
    return server;
  }

  private Optional<Integer> port() {
    Matcher port = PORT.matcher(log());
    return port.find() ? Optional.of(Integer.valueOf(port.group(1))) : Optional.empty();
  }

  /** The fingerprint of the certificate that it presents now; empty if it does not answer. */
  String presents() {
    try {
      return Fingerprint.of(new TlsClient().shakeHands(port().orElseThrow(), "TLSv1.2")).hex();
    } catch (IOException e) {
      return "";
    }
  }

  /** The last fingerprint of each line of its log that has a mark, or the line if it has none. */
  List<String> fingerprints(String mark) {
    List<String> last = new ArrayList<>();
    for (String line : log().lines().filter(each -> each.contains(mark)).toList()) {
      Matcher fingerprint = SHA_256.matcher(line);
      String found = line;
      while (fingerprint.find()) {
        found = fingerprint.group();
      }
      last.add(found);
    }
    return last;
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
