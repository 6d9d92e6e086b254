package dev.hitless.renew.issue;

import dev.hitless.material.Names;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A command that renews the files itself: certbot, step, vault agent. Whether it did is for the
 * caller to check, by reading the files.
 *
 * <p>Run as {@link ExecIssuer} runs its command, with an empty standard input. Immutable and
 * thread-safe.
 */
public final class RenewalCommand {
  private final CommandRunner runner;

  /**
   * Creates a command; nothing is run yet.
   *
   * @param command the program and its arguments, placeholders already filled, see {@link
   *     ArgumentList#fill}; not empty
   * @param limit how long it may take; then it is ended, with the processes it started
   * @param log takes the last lines of its error output
   */
  public RenewalCommand(List<String> command, Duration limit, Consumer<String> log) {
    this.runner = new CommandRunner(command, limit, log);
  }

  /**
   * Runs the command to its end.
   *
   * @param old the leaf in the files now
   * @param validity how long the new one is to be valid; null leaves it to the command
   * @throws IssuerException if it failed, in words for a person
   * @throws InterruptedException if the thread was interrupted; the command is ended
   */
  public void run(X509Certificate old, @Nullable Duration validity)
      throws IssuerException, InterruptedException {
    runner.run(new byte[0], old, Names.of(old), validity);
  }

  @Override
  public String toString() {
    return runner.toString();
  }
}
