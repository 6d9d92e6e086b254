package dev.hitless.renew.publish;

import dev.hitless.RenewalSetup;
import dev.hitless.config.Config;
import dev.hitless.config.Settings;
import dev.hitless.material.Identity;
import dev.hitless.renew.IdentityPattern;
import dev.hitless.renew.Outcome;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;

/**
 * A program that renews on a small disk of its own on which ever more space is left, from none at
 * all until there is enough; and each time once more with plenty.
 */
public final class RenewalsOnAFullDisk {
  private static final int PAGE = 4096;
  private static final int MOST_PAGES = 40;

  private final Shape shape;
  private final Path disk;
  private final Target target;
  private final RenewalSetup setup;

  private RenewalsOnAFullDisk(Shape shape, Path disk, Path authority) {
    this.shape = shape;
    this.disk = disk;
    this.target = shape.target(disk);
    Properties settings = new Properties();
    settings.setProperty("hitless.renew.issuer", "local-ca");
    settings.setProperty("hitless.renew.local-ca.cert", authority.toString());
    settings.setProperty("hitless.renew.keep", "1");
    this.setup =
        new RenewalSetup(
            new Config(Settings.read(null, settings)).renewal(),
            Collections.singletonList(IdentityPattern.of("*")),
            Clock.systemUTC(),
            new Log("warn", null),
            new Counters());
  }

  /**
   * Runs it, and prints a line for each renewal.
   *
   * @param arguments a {@link Shape}, a directory on the disk, a directory elsewhere
   */
  public static void main(String[] arguments) throws Exception {
    TestCa ca = TestCa.create("root");
    Path authority =
        Files.write(
            Paths.get(arguments[2]).resolve("ca.pem"), Pems.bytes(Pems.combined(ca.identity())));
    RenewalsOnAFullDisk program =
        new RenewalsOnAFullDisk(Shape.valueOf(arguments[0]), Paths.get(arguments[1]), authority);
    program.run(ca.issue("EC", "a.example"));
  }

  private void run(Identity first) throws Exception {
    for (Map.Entry<String, byte[]> file : shape.files(first).entrySet()) {
      Files.write(disk.resolve(file.getKey()), file.getValue());
    }
    Identity held = first;
    boolean enough = false;
    for (int pages = 0; !enough; pages++) {
      if (pages == MOST_PAGES) {
        throw new IllegalStateException("never enough");
      }
      fill(pages);
      Outcome full = setup.renewer().renew(target, held, true);
      System.out.println(pages + " pages left: " + full);
      enough = full.kind() == Outcome.Kind.RENEWED;
      if (!enough && !held().equals(held)) {
        throw new IllegalStateException("it was lost: " + held());
      }
      Files.delete(disk.resolve("filler"));
      held = held();
      Outcome healed = setup.renewer().renew(target, held, true);
      System.out.println("plenty of space: " + healed);
      if (held().equals(held)) {
        throw new IllegalStateException("not healed");
      }
      held = held();
    }
  }

  private Identity held() throws Exception {
    return SteppedPublication.held(shape.name(), disk);
  }

  /** Writes until nothing more fits, and gives some pages back. */
  private void fill(int pages) throws IOException {
    Path filler = disk.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] page = new byte[PAGE];
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      // As intended: the last page is there as a whole or not at all.
      long size = Files.size(filler) / PAGE * PAGE;
      try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.WRITE)) {
        channel.truncate(Math.max(0, size - (long) pages * PAGE));
      }
    }
  }
}
