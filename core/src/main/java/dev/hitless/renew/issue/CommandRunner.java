package dev.hitless.renew.issue;

import dev.hitless.material.Fingerprint;
import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command: no shell, no inherited Java options or hitless settings, both of its outputs
 * drained by daemon threads that end with it, and a time limit after which it is ended.
 *
 * <p>Immutable and thread-safe.
 */
final class CommandRunner {
  /** The variable by which the command and all that it starts are known. */
  private static final String MARK = "HITLESS_COMMAND";

  private static final List<String> JAVA_OPTIONS =
      Collections.unmodifiableList(
          Arrays.asList("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));

  private static final int MAX_OUTPUT = 1 << 20;

  private final List<String> command;
  private final Duration limit;
  private final Consumer<String> log;

  /**
   * Creates a runner.
   *
   * @param limit how long the command may take
   * @param log takes each line of the command's error output, the last ones if there are many
   */
  CommandRunner(List<String> command, Duration limit, Consumer<String> log) {
    this.command = command;
    this.limit = limit;
    this.log = log;
  }

  /**
   * Runs the command to its end.
   *
   * @param input given to its standard input; it may ignore it
   * @return its standard output
   * @throws IssuerException if it cannot be started, takes too long, writes more than 1 MB or ends
   *     with another code than 0
   * @throws InterruptedException if the thread was interrupted; the command is ended
   */
  byte[] run(byte[] input, CertificateRequest wanted) throws IssuerException, InterruptedException {
    return run(input, wanted.leaf(), wanted.names(), wanted.validity());
  }

  byte[] run(
      byte[] input, X509Certificate leaf, Iterable<String> names, @Nullable Duration validity)
      throws IssuerException, InterruptedException {
    String mark = MARK + "=" + UUID.randomUUID();
    Process process = start(mark, leaf, names, validity);
    Drain output = new Drain(process.getInputStream(), MAX_OUTPUT, false);
    Drain errors = new Drain(process.getErrorStream(), Drain.TAIL, true);
    Thread writer = Drain.daemon(() -> write(process.getOutputStream(), input));
    boolean ended;
    try {
      ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (process.isAlive()) {
        new ProcessTree(process, mark).end();
      }
    }
    writer.interrupt();
    output.await();
    errors.await();
    List<String> said = errors.lines();
    said.forEach(log);
    if (!ended) {
      throw failed("took longer than " + limit.toMillis() / 1000 + " s and was ended", said);
    }
    if (process.exitValue() != 0) {
      throw failed("ended with code " + process.exitValue(), said);
    }
    if (output.overflowed()) {
      throw failed("wrote more than 1 MB to its standard output", said);
    }
    return output.bytes();
  }

  private Process start(
      String mark, X509Certificate leaf, Iterable<String> names, @Nullable Duration validity)
      throws IssuerException {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    // A child JVM would load the agent, too; and hitless's own settings may hold passwords.
    environment.entrySet().removeIf(entry -> isHidden(entry.getKey(), entry.getValue()));
    environment.put(MARK, mark.substring(MARK.length() + 1));
    environment.put("HITLESS_NAMES", String.join(",", names));
    environment.put("HITLESS_FINGERPRINT", Fingerprint.of(leaf).hex());
    environment.put("HITLESS_NOT_AFTER", leaf.getNotAfter().toInstant().toString());
    if (validity != null) {
      environment.put("HITLESS_VALIDITY_SECONDS", Long.toString(validity.toMillis() / 1000));
    }
    try {
      return builder.start();
    } catch (IOException | RuntimeException e) {
      throw new IssuerException(
          "the command "
              + command.get(0)
              + " cannot be started ("
              + e.getMessage()
              + "). Check that it exists, that this process may execute it, and give its full path.",
          e);
    }
  }

  /**
   * Returns whether a command does not get to see a variable: options that Java itself takes from
   * the environment, and whatever holds or names hitless's settings, such as a server's own options
   * with {@code -Dhitless…} or {@code -javaagent}.
   */
  static boolean isHidden(String name, String value) {
    return JAVA_OPTIONS.contains(name)
        || name.toLowerCase(Locale.ROOT).contains("hitless")
        || value.contains("-Dhitless.")
        || value.contains("-javaagent:");
  }

  private static void write(OutputStream to, byte[] input) {
    try (OutputStream stream = to) {
      stream.write(input);
    } catch (IOException e) {
      // A command need not read its input; what it did not need is not missed.
      return;
    }
  }

  /** The command's arguments are not repeated: they may hold a token. */
  private IssuerException failed(String what, List<String> said) {
    return new IssuerException(
        "the command "
            + command.get(0)
            + " "
            + what
            + (said.isEmpty()
                ? "; it wrote nothing to its error output"
                : "; it said: "
                    + String.join(" | ", said.subList(Math.max(0, said.size() - 5), said.size()))),
        null);
  }

  /** Returns the command's name without its arguments, which may hold a token. */
  @Override
  public String toString() {
    return "command " + command.get(0);
  }
}
