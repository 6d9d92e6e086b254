package dev.hitless.it.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A running server. Its output goes to {@code server.log} in its folder. */
public final class ServerProcess implements AutoCloseable {
  private static final int TAIL_LINES = 25;

  private final Process process;
  private final Path log;
  private final Thread onExit;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    // A test run that is interrupted leaves no servers behind.
    onExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /**
   * Starts a server in its place.
   *
   * @param agent the agent's jar; empty to start the server as it would run without hitless
   */
  public static ServerProcess start(Server server, Place place, Optional<Path> agent)
      throws IOException {
    return start(server, place, agent, List.of());
  }

  /**
   * Starts a server in its place.
   *
   * @param options more options of its JVM, such as the settings of hitless
   */
  public static ServerProcess start(
      Server server, Place place, Optional<Path> agent, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(place.jdk().java().toString());
    command.addAll(options);
    agent.ifPresent(jar -> command.add("-javaagent:" + jar));
    command.addAll(server.launcher().configure(place));
    Path log = place.folder().resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(place.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // What the machine sets for all JVMs is not "the flag only".
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.equals("JAVA_TOOL_OPTIONS") || name.equals("JDK_JAVA_OPTIONS"));
    builder.environment().put("JAVA_HOME", place.jdk().home().toString());
    return new ServerProcess(builder.start(), log);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What hitless has written into the server's output so far, a line each. */
  public List<String> linesOfHitless() throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(" hitless "))
        .toList();
  }

  /** The end of what the server has printed, for a failure's message. */
  public String output() throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    int from = Math.max(0, lines.size() - TAIL_LINES);
    return "the end of " + log + ":\n  " + String.join("\n  ", lines.subList(from, lines.size()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Runtime.getRuntime().removeShutdownHook(onExit);
  }
}
