package dev.hitless.it.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A running server. Its output goes to {@code server.log} in its folder. */
public final class ServerProcess implements AutoCloseable {
  private static final int TAIL_LINES = 25;
  private static final int ERROR_LINES = 12;
  private static final Pattern ERROR = Pattern.compile("(Exception|Error)\\b");

  private final Process process;
  private final Path log;
  private final String ready;
  private final Thread onExit;

  private ServerProcess(Process process, Path log, String ready) {
    this.process = process;
    this.log = log;
    this.ready = ready;
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
    return new ServerProcess(builder.start(), log, server.launcher().ready());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it may be asked for its certificate; some servers take harm from being asked early. */
  public boolean isReady() throws IOException {
    return ready.isEmpty() || lines().stream().anyMatch(line -> line.contains(ready));
  }

  /** What hitless has written into the server's output so far, a line each. */
  public List<String> linesOfHitless() throws IOException {
    return lines().stream().filter(line -> line.contains(" hitless ")).toList();
  }

  /** The first error that the server has printed and the end of it all, for a failure's message. */
  public String output() throws IOException {
    List<String> lines = lines();
    int from = Math.max(0, lines.size() - TAIL_LINES);
    List<String> excerpt = new ArrayList<>();
    lines.subList(0, from).stream()
        .dropWhile(line -> !ERROR.matcher(line).find())
        .limit(ERROR_LINES)
        .forEach(excerpt::add);
    excerpt.add("the end of " + log + ":");
    excerpt.addAll(lines.subList(from, lines.size()));
    return String.join("\n  ", excerpt);
  }

  private List<String> lines() throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Runtime.getRuntime().removeShutdownHook(onExit);
  }
}
