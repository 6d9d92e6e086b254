package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import java.nio.file.Path;
import java.util.List;

/**
 * One set-up of one server, as the table names it.
 *
 * @param module the folder under {@code servers} that fetches or builds it
 * @param jdks the feature releases that the server itself supports
 * @param ways how its files are replaced, one after the other; the first decides how they are laid
 *     out
 */
public record Server(
    String name,
    String module,
    List<Integer> jdks,
    KeyFiles files,
    List<Slot> slots,
    Talk talk,
    List<Way> ways,
    Launcher launcher) {

  /** This server's place in a folder of its own. */
  public Place place(Path builds, Path folder, Jdk jdk, FreePorts ports) {
    return new Place(builds.resolve(module), folder, jdk, ports, ports.next(), files, slots);
  }

  @Override
  public String toString() {
    return name;
  }
}
