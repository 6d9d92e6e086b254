package dev.hitless.it.start;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The small programs under {@code probes/}, compiled once a test run, for Java 8 unless one needs
 * more. None of them knows hitless.
 */
public final class Probes {
  private static final Map<String, Path> COMPILED = new ConcurrentHashMap<>();
  private static final Path TARGET =
      Path.of(System.getProperty("hitless.it.target", "target")).toAbsolutePath();

  private Probes() {}

  /** The classes of a probe that needs the JDK only. */
  public static String classes(String probe) {
    return COMPILED.computeIfAbsent(probe, name -> compile(name, 8, "")).toString();
  }

  /**
   * The class path of a probe that needs more.
   *
   * @param release the Java that it is compiled for
   * @param needed the class path of what it needs
   */
  public static String classes(String probe, int release, String needed) {
    Path classes = COMPILED.computeIfAbsent(probe, name -> compile(name, release, needed));
    return classes + File.pathSeparator + needed;
  }

  /** The class path of the server that brings its own copies of what hitless has inside. */
  static String serverWithLibraries() throws IOException {
    return classes("libraries", 8, classes("server") + File.pathSeparator + libraries());
  }

  /** The class path of the server whose TLS is Conscrypt. */
  static String conscryptServer() throws IOException {
    return classes("conscrypt", 8, classes("server") + File.pathSeparator + library("conscrypt"));
  }

  /** The class path of another probe with Bouncy Castle's TLS; {@code app.WithBcjsse} runs it. */
  public static String withBcjsse(String probe) throws IOException {
    String needed = String.join(File.pathSeparator, classes(probe), bouncyCastle());
    return classes("bcjsse", 8, needed);
  }

  private static String bouncyCastle() throws IOException {
    List<String> jars = new ArrayList<>();
    for (String name : List.of("bcprov", "bcutil", "bcpkix", "bctls")) {
      jars.add(library(name).toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  /** A jar that the build has fetched for the probes, by the beginning of its name. */
  static Path library(String prefix) throws IOException {
    try (Stream<Path> jars = Files.list(TARGET.resolve("probe-libraries"))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String libraries() throws IOException {
    try (Stream<Path> jars = Files.list(TARGET.resolve("probe-libraries"))) {
      return jars.map(Path::toString)
          .filter(jar -> !jar.matches(".*/(org\\.jacoco|conscrypt|bctls)[^/]*"))
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** Packs an agent of the probe's own. */
  static Path agent(String probe, String main, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", main);
    attributes.putValue("Can-Redefine-Classes", "true");
    attributes.putValue("Can-Retransform-Classes", "true");
    Path classes = Path.of(classes(probe));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> all = Files.walk(classes)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        Files.copy(path, out);
      }
    }
    return jar;
  }

  private static Path compile(String probe, int release, String classPath) {
    Path sources = TARGET.resolveSibling("probes").resolve(probe).resolve("src/main/java");
    Path classes = TARGET.resolve("probes").resolve(probe);
    try (Stream<Path> all = Files.walk(sources)) {
      Files.createDirectories(classes);
      List<String> arguments = new ArrayList<>();
      arguments.addAll(
          List.of("--release", release + "", "-nowarn", "-Xlint:none", "-encoding", "UTF-8"));
      arguments.addAll(List.of("-proc:none", "-d", classes.toString(), "-cp", classPath));
      all.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      if (compiler.run(null, said, said, arguments.toArray(new String[0])) == 0) {
        return classes;
      }
      throw new IOException(
          "cannot compile " + sources + ": " + said.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
