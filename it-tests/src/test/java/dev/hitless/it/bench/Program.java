package dev.hitless.it.bench;

import dev.hitless.it.jdk.Jdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Java program and the JVM that it is to run in.
 *
 * @param agent the agent's jar, if there is one
 * @param options of {@code java}, class path aside
 */
record Program(
    Jdk jdk,
    Optional<Path> agent,
    List<String> options,
    List<Path> classPath,
    String main,
    List<String> arguments) {

  /** The same program with another agent, or without one. */
  Program with(Optional<Path> other) {
    return new Program(jdk, other, options, classPath, main, arguments);
  }

  /** The same program with further options of {@code java}. */
  Program options(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new Program(jdk, agent, all, classPath, main, arguments);
  }

  /**
   * Starts it.
   *
   * @param errors where its standard error goes
   */
  Process start(Path errors) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(jdk.java().toString());
    agent.ifPresent(jar -> command.add("-javaagent:" + jar));
    command.addAll(options);
    command.add("-cp");
    command.add(String.join(":", classPath.stream().map(Path::toString).toList()));
    command.add(main);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    // What the machine sets for all JVMs is not part of what is measured.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.equals("JAVA_TOOL_OPTIONS") || name.equals("JDK_JAVA_OPTIONS"));
    return builder.start();
  }
}
