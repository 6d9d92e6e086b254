package dev.hitless.it.start;

import dev.hitless.it.jdk.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How a JVM is started; immutable, and each {@code with} gives a changed copy.
 *
 * @param folder where it works and where its output is kept
 */
record Jvm(Jdk jdk, Path folder, List<String> options, Map<String, String> environment) {
  private static final long TIMEOUT_SECONDS = 60;

  Jvm {
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }

  static Jvm of(Jdk jdk, Path folder) {
    // Names of files beyond ASCII reach a JVM through its locale only.
    return new Jvm(jdk, folder, Jdk.BRISK, Map.of("LC_ALL", "C.UTF-8"));
  }

  /** With more options before the main class, in their order. */
  Jvm with(String... more) {
    List<String> all = Stream.concat(options.stream(), Stream.of(more)).toList();
    return new Jvm(jdk, folder, all, environment);
  }

  Jvm withEnvironment(String name, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(name, value);
    return new Jvm(jdk, folder, options, all);
  }

  Jvm inFolder(Path other) {
    return new Jvm(jdk, other, options, environment);
  }

  /** Runs a main class with its arguments to the end. */
  Finished run(String... mainAndArguments) throws IOException, InterruptedException {
    return finish(start(command("java", mainAndArguments)));
  }

  /** Runs one of the JDK's tools to the end; the options of this JVM are not for it. */
  Finished tool(String name, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(jdk.home().resolve("bin/" + name).toString()));
    command.addAll(List.of(arguments));
    return finish(start(command));
  }

  /** Starts a TLS server and returns when it listens. */
  Server serve(String... mainAndArguments) throws IOException, InterruptedException {
    return Server.listening(start(command("java", mainAndArguments)));
  }

  private List<String> command(String program, String... mainAndArguments) {
    List<String> command = new ArrayList<>();
    command.add(jdk.home().resolve("bin/" + program).toString());
    command.addAll(options);
    command.addAll(List.of(mainAndArguments));
    return command;
  }

  private Started start(List<String> command) throws IOException {
    Path out = Files.createTempFile(folder, "jvm", ".out");
    Path err = Files.createTempFile(folder, "jvm", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().putAll(environment);
    return new Started(builder.start(), out, err);
  }

  private static Finished finish(Started started) throws IOException, InterruptedException {
    started.process().getOutputStream().close();
    boolean ended = started.process().waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    started.process().destroyForcibly().waitFor();
    if (!ended) {
      throw new IOException("still running after " + TIMEOUT_SECONDS + " s:\n" + started.printed());
    }
    return new Finished(started.process().exitValue(), started.out(), started.err());
  }

  /** A process whose output goes to files. */
  record Started(Process process, Path outFile, Path errFile) {
    String out() throws IOException {
      return Files.readString(outFile);
    }

    String err() throws IOException {
      return Files.readString(errFile);
    }

    String printed() throws IOException {
      return "stdout:\n" + out() + "\nstderr:\n" + err();
    }
  }
}
