package dev.hitless.it.jdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JDKs to test with, one a feature release. {@code HITLESS_JDKS=8=/path,11=/path} names them,
 * and each named must be there; without it, whatever is installed in the usual places is taken.
 */
public final class Jdks {
  /** The releases that hitless is proved on. */
  public static final List<Integer> FEATURES = List.of(8, 11, 17, 21, 25);

  private Jdks() {}

  /** By feature release, lowest first. */
  public static NavigableMap<Integer, Jdk> find() throws IOException {
    String named = System.getenv("HITLESS_JDKS");
    return named == null || named.isBlank() ? discover() : required(named);
  }

  private static NavigableMap<Integer, Jdk> required(String named) throws IOException {
    NavigableMap<Integer, Jdk> result = new TreeMap<>();
    for (String entry : named.split(",")) {
      String[] parts = entry.strip().split("=", 2);
      int feature = Integer.parseInt(parts[0]);
      Path home = Path.of(parts[1]);
      Jdk jdk =
          Jdk.in(home)
              .filter(found -> found.feature() == feature)
              .orElseThrow(
                  () -> new IOException("HITLESS_JDKS: no JDK " + feature + " in " + home));
      result.put(feature, jdk);
    }
    return result;
  }

  private static NavigableMap<Integer, Jdk> discover() throws IOException {
    NavigableMap<Integer, Jdk> result = new TreeMap<>();
    for (Path home : candidates()) {
      Jdk.in(home)
          .filter(jdk -> FEATURES.contains(jdk.feature()))
          .ifPresent(jdk -> result.putIfAbsent(jdk.feature(), jdk));
    }
    return result;
  }

  private static List<Path> candidates() throws IOException {
    List<Path> result = new ArrayList<>();
    String javaHome = System.getenv("JAVA_HOME");
    if (javaHome != null) {
      result.add(Path.of(javaHome));
    }
    result.add(Path.of(System.getProperty("java.home")));
    Path sdkman = Path.of(System.getProperty("user.home"), ".sdkman/candidates/java");
    for (Path parent : List.of(Path.of("/usr/lib/jvm"), Path.of("/opt/jdks"), sdkman)) {
      if (Files.isDirectory(parent)) {
        try (Stream<Path> children = Files.list(parent)) {
          result.addAll(children.sorted().toList());
        }
      }
    }
    return result;
  }

  /** Returns the newest JDK; with {@code HITLESS_IT=full} the oldest as well. */
  public static Stream<Jdk> newest() throws IOException {
    NavigableMap<Integer, Jdk> all = find();
    return "full".equals(System.getenv("HITLESS_IT"))
        ? Stream.of(all.firstEntry().getValue(), all.lastEntry().getValue()).distinct()
        : Stream.of(all.lastEntry().getValue());
  }
}
