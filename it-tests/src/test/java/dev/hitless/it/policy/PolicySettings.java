package dev.hitless.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The properties file of a server, and what that says of it. */
final class PolicySettings {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String IN_FORCE = "policy in force for new connections: ";

  private final Path file;
  private final Path log;

  /**
   * Names the files.
   *
   * @param log what the server and hitless print
   */
  PolicySettings(Path folder, Path log) {
    this.file = folder.resolve("hitless.properties");
    this.log = log;
  }

  Path file() {
    return file;
  }

  /** Writes the file beside and renames it over the former. */
  void write(String... policy) throws IOException {
    StringBuilder text = new StringBuilder("poll=100ms\n");
    for (String line : policy) {
      text.append("policy.").append(line).append('\n');
    }
    Path beside = file.resolveSibling("hitless.properties.new");
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes it and returns when hitless has said that this is what is in force now. */
  void change(String expected, String... policy) throws IOException, InterruptedException {
    write(policy);
    boolean said = Await.until(PATIENCE, () -> lastInForce().equals(expected));
    assertThat(said).as("comes to be in force: %s; %s", expected, said()).isTrue();
  }

  private String lastInForce() {
    return said()
        .lines()
        .filter(line -> line.contains(IN_FORCE))
        .reduce("", (before, line) -> line.substring(line.indexOf(IN_FORCE) + IN_FORCE.length()));
  }

  void mustSay(String text) throws InterruptedException {
    boolean found = Await.until(PATIENCE, () -> said().contains(text));
    assertThat(found).as("says \"%s\"; %s", text, said()).isTrue();
  }

  String said() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
