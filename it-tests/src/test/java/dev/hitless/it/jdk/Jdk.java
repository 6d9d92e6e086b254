package dev.hitless.it.jdk;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installed JDK.
 *
 * @param feature the feature release as everybody calls it: 8, 11, 17
 */
public record Jdk(int feature, String version, Path home) {

  /** Options that make the short life of a JVM cheaper, and no difference otherwise. */
  public static final List<String> BRISK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final Pattern SAID = Pattern.compile("version \"([^\"]+)\"");

  /** The JDK in a folder; empty if there is none. */
  static Optional<Jdk> in(Path home) throws IOException {
    if (!Files.isExecutable(home.resolve("bin/java"))) {
      return Optional.empty();
    }
    String version = version(home);
    String[] parts = version.split("[._+-]");
    if (parts[0].isEmpty()) {
      return Optional.empty();
    }
    int feature = Integer.parseInt(parts[0].equals("1") ? parts[1] : parts[0]);
    return Optional.of(new Jdk(feature, version, home.toRealPath()));
  }

  /**
   * What the {@code release} file says, or the JVM itself where a distribution leaves that file
   * out.
   */
  private static String version(Path home) throws IOException {
    Path release = home.resolve("release");
    if (Files.isRegularFile(release)) {
      Properties properties = new Properties();
      try (Reader reader = Files.newBufferedReader(release, StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
      return properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    }
    Process java =
        new ProcessBuilder(home.resolve("bin/java").toString(), "-version")
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher said = SAID.matcher(output);
    return said.find() ? said.group(1) : "";
  }

  public Path java() {
    return home.resolve("bin/java");
  }

  @Override
  public String toString() {
    return feature + " (" + version + ", " + home + ")";
  }
}
