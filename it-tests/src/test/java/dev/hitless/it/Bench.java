package dev.hitless.it;

import dev.hitless.it.cert.Identities;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.server.Builds;
import dev.hitless.it.server.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What all runs share. Safe for use by several threads.
 *
 * @param agent the jar that servers start with; empty for the control without hitless
 * @param root the file of the root that clients trust
 */
record Bench(
    Builds builds,
    Identities identities,
    FreePorts ports,
    Optional<Path> agent,
    Path folder,
    Path root) {

  /** A bench whose agent is the built jar, unless {@code hitless.it.agent=none}. */
  static Bench setUp() throws IOException, GeneralSecurityException {
    Path folder = Path.of(System.getProperty("hitless.it.target")).toAbsolutePath().resolve("runs");
    Files.createDirectories(folder);
    TestCa ca = new TestCa();
    Path root = folder.resolve("root.pem");
    Files.writeString(root, Pem.certificates(List.of(ca.root())));
    return new Bench(new Builds(), new Identities(ca), new FreePorts(), builtAgent(), folder, root);
  }

  private static Optional<Path> builtAgent() throws IOException {
    if (System.getProperty("hitless.it.agent", "").equals("none")) {
      return Optional.empty();
    }
    return Optional.of(Path.of(System.getProperty("hitless.it.jar")).toRealPath());
  }

  /** An empty folder; what an earlier run left in it is deleted. */
  Path newFolder(String name) throws IOException {
    Path result = folder.resolve(name);
    if (Files.exists(result)) {
      try (Stream<Path> paths = Files.walk(result)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(result);
  }
}
