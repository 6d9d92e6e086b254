package dev.hitless.renew;

import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.material.PemReader;
import dev.hitless.renew.issue.ArgumentList;
import dev.hitless.renew.issue.IssuerException;
import dev.hitless.renew.issue.RenewalCommand;
import dev.hitless.renew.publish.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has a command write the files itself, and then looks whether they hold a good pair that is newer.
 * A command that left something worse behind has failed; what is served stays, since whoever
 * follows the files judges them too.
 *
 * <p>Immutable; used on the renewal thread.
 */
public final class CommandWay implements Way {
  private final List<String> command;
  private final Duration limit;
  private final @Nullable Duration validity;
  private final Disk disk;
  private final Clock clock;
  private final Consumer<String> output;

  /**
   * Creates a way.
   *
   * @param command with its arguments, in which {@code {cert}}, {@code {key}} and {@code
   *     {keystore}} stand for the files
   * @param limit how long it may take
   * @param validity how long new certificates are to be valid; null leaves it to the command
   * @param output takes what the command writes to its error output, for the log
   */
  public CommandWay(
      List<String> command,
      Duration limit,
      @Nullable Duration validity,
      Disk disk,
      Clock clock,
      Consumer<String> output) {
    this.command = command;
    this.limit = limit;
    this.validity = validity;
    this.disk = disk;
    this.clock = clock;
    this.output = output;
  }

  @Override
  public boolean issued(X509Certificate leaf) {
    return false;
  }

  @Override
  public Identity renew(Attempt attempt) throws IssuerException, InterruptedException {
    Location location = attempt.target().location();
    List<String> filled;
    try {
      filled = ArgumentList.fill(command, files(location, contents(location)));
    } catch (IllegalArgumentException | MaterialException e) {
      throw new IssuerException(String.valueOf(e.getMessage()), e);
    }
    if (attempt.isDryRun()) {
      return attempt.old();
    }
    RenewalCommand run = new RenewalCommand(filled, limit, output);
    run.run(attempt.old().leaf(), validity);
    Identity next = read(attempt, contents(location));
    return NewPair.of(attempt, next.key(), next.chain(), clock.instant());
  }

  private Identity read(Attempt attempt, List<byte[]> contents) throws IssuerException {
    try {
      Map<String, Identity> found = attempt.target().location().parse(contents);
      Identity same = found.get(attempt.target().alias());
      if (same != null) {
        return same;
      }
      throw new IssuerException(
          this + " left no identity of the alias in " + attempt.target(), null);
    } catch (MaterialException e) {
      throw new IssuerException(
          this + " left files that cannot be used: " + e.getMessage() + "; mend them", e);
    }
  }

  private List<byte[]> contents(Location location) throws IssuerException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : location.files()) {
      try {
        contents.add(disk.read(file));
      } catch (IOException e) {
        throw new IssuerException(file + " cannot be read: " + e, e);
      }
    }
    return contents;
  }

  private static Map<String, String> files(Location location, List<byte[]> contents)
      throws MaterialException {
    Map<String, String> files = new HashMap<>();
    for (int i = 0; i < contents.size(); i++) {
      String file = location.files().get(i).toString();
      if (location.isKeyStore()) {
        files.put("keystore", file);
      } else {
        if (contents.size() == 1 || !PemReader.holdsKey(contents.get(i))) {
          files.put("cert", file);
        }
        if (PemReader.holdsKey(contents.get(i))) {
          files.put("key", file);
        }
      }
    }
    return files;
  }

  @Override
  public String toString() {
    return "command " + command.get(0);
  }
}
