package dev.hitless.it.bench;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.probe.EmptyAgent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** What all benchmarks share: the agent, files to serve from, and how a program is run. */
final class Lab {
  private static final int GENERATIONS = 8;
  private static final List<String> ITERATIONS =
      List.of(
          "keystore.pkcs12.certPbeIterationCount",
          "keystore.pkcs12.keyPbeIterationCount",
          "keystore.pkcs12.macIterationCount");

  private final Path folder;
  private final Path agent;
  private final Path probes;
  private final double scale;
  private final TestCa ca;
  private final Map<KeyKind, List<Identity>> identities = new EnumMap<>(KeyKind.class);

  /**
   * Sets up.
   *
   * @param scale what every count and every duration is multiplied by
   */
  Lab(Path folder, Path agent, double scale) throws IOException, GeneralSecurityException {
    this.folder = Files.createDirectories(folder);
    this.agent = agent;
    this.scale = scale;
    this.probes = codeOf(EmptyAgent.class);
    // PKCS12 files as the JDKs of today write them; their iterations are part of what is measured.
    List.of("certProtection", "keyProtection", "mac")
        .forEach(what -> System.clearProperty("keystore.pkcs12." + what + "Algorithm"));
    ITERATIONS.forEach(System::clearProperty);
    this.ca = new TestCa();
    for (KeyKind kind : KeyKind.values()) {
      List<Identity> made = new ArrayList<>();
      for (int i = 0; i < GENERATIONS; i++) {
        made.add(ca.issue(kind, List.of("localhost")));
      }
      identities.put(kind, made);
    }
  }

  /** Where the code of a class was loaded from. */
  static Path codeOf(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  Path folder() {
    return folder;
  }

  Path agent() {
    return agent;
  }

  /** A count, made smaller or larger as the run asks for it. */
  int scaled(int count, int least) {
    return Math.max(least, (int) Math.round(count * scale));
  }

  /** A program of the probes, without an agent. */
  Program probe(Jdk jdk, Class<?> main, Object... arguments) {
    List<String> texts = new ArrayList<>();
    for (Object argument : arguments) {
      texts.add(argument.toString());
    }
    return new Program(jdk, Optional.empty(), List.of(), List.of(probes), main.getName(), texts);
  }

  /** Runs a program to its end. */
  Finished run(Program program) throws IOException, InterruptedException {
    Path errors = errors(program);
    long cpu = cpuMillisOfChildren();
    long begun = System.nanoTime();
    Process process = program.start(errors);
    List<String> lines;
    try {
      process.getOutputStream().close();
      lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    } finally {
      if (Thread.currentThread().isInterrupted()) {
        process.destroyForcibly();
      }
    }
    int exit = process.waitFor();
    double millis = (System.nanoTime() - begun) / 1e6;
    if (exit != 0) {
      throw new IOException(
          program.main() + program.arguments() + " ended with " + exit + ", see " + errors);
    }
    return new Finished(lines, millis, cpuMillisOfChildren() - cpu);
  }

  /** Where the standard error of a program goes. */
  Path errors(Program program) {
    String main = program.main().substring(program.main().lastIndexOf('.') + 1);
    String agent = program.agent().isPresent() ? "-agent" : "";
    return folder.resolve(main + "-" + program.jdk().feature() + agent + ".err");
  }

  /** User and system time of all children that have ended, as Linux tells it. */
  private static long cpuMillisOfChildren() throws IOException {
    Path stat = Path.of("/proc/self/stat");
    if (!Files.exists(stat)) {
      return 0;
    }
    String text = Files.readString(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 10;
  }

  /** Writes a PKCS12 file that holds the first identity of a kind. */
  Path pkcs12(KeyKind kind) throws IOException, GeneralSecurityException {
    Path file = folder.resolve(kind + ".p12");
    return Files.write(file, file(KeyFiles.PKCS12, kind, 0));
  }

  /** The first identity of a kind. */
  Identity first(KeyKind kind) {
    return identities.get(kind).get(0);
  }

  /** Writes a PKCS12 file that trusts the issuer of all identities. */
  Path trusted() throws IOException, GeneralSecurityException {
    Path file = folder.resolve("trusted.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("root", ca.root());
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, KeyFiles.PASSWORD.toCharArray());
    }
    return file;
  }

  /**
   * Writes keystores whose passwords are as cheap to check as those that OpenSSL writes; the JDK's
   * own take five times as many iterations.
   */
  Path cheapGenerations(KeyKind kind) throws IOException, GeneralSecurityException {
    ITERATIONS.forEach(count -> System.setProperty(count, "2048"));
    try {
      return generations(KeyFiles.PKCS12, kind, "cheap");
    } finally {
      ITERATIONS.forEach(System::clearProperty);
    }
  }

  /** Writes generations as the probes read them; returns their folder, and {@code live} in it. */
  Path generations(KeyFiles format, KeyKind kind) throws IOException, GeneralSecurityException {
    return generations(format, kind, "usual");
  }

  private Path generations(KeyFiles format, KeyKind kind, String name)
      throws IOException, GeneralSecurityException {
    Path generations = Files.createDirectories(folder.resolve(format + "-" + kind + "-" + name));
    for (int i = 0; i < GENERATIONS; i++) {
      Files.write(
          generations.resolve(i + ".b64"), Base64.getEncoder().encode(file(format, kind, i)));
      Files.write(
          generations.resolve(i + ".der"), identities.get(kind).get(i).chain().get(0).getEncoded());
    }
    Files.createDirectories(generations.resolve("live"));
    Files.write(generations.resolve("live/server"), file(format, kind, 0));
    return generations;
  }

  private byte[] file(KeyFiles format, KeyKind kind, int number)
      throws IOException, GeneralSecurityException {
    Slot slot = kind == KeyKind.RSA ? Slot.SINGLE.get(0) : Slot.SINGLE_EC.get(0);
    return format.write(Map.of(slot, identities.get(kind).get(number))).values().iterator().next();
  }

  /** Makes the jar of an agent that does nothing. */
  Path emptyAgent() throws IOException {
    Path jar = folder.resolve("empty-agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", EmptyAgent.class.getName());
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }
}
