package dev.hitless.it.jdk;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * An installed JDK.
 *
 * @param feature the feature release as everybody calls it: 8, 11, 17
 */
public record Jdk(int feature, String version, Path home) {

  /** The JDK or JRE in a folder, by its {@code release} file; empty if there is none. */
  static Optional<Jdk> in(Path home) throws IOException {
    Path release = home.resolve("release");
    if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(release, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    String[] parts = version.split("[._+-]");
    if (parts[0].isEmpty()) {
      return Optional.empty();
    }
    int feature = Integer.parseInt(parts[0].equals("1") ? parts[1] : parts[0]);
    return Optional.of(new Jdk(feature, version, home.toRealPath()));
  }

  public Path java() {
    return home.resolve("bin/java");
  }

  @Override
  public String toString() {
    return feature + " (" + version + ", " + home + ")";
  }
}
