package dev.hitless.it.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hitless.it.Openssl;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import dev.hitless.it.server.Builds;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** A program whose TLS is Netty's OpenSSL, as it is, and the ports that it listens at. */
record NettyProgram(Peer peer, Map<String, Integer> ports) implements AutoCloseable {
  static final String MODULE = "netty-openssl";
  static final String IN_GRPC = "netty-in-grpc";
  static final String SERVER = "app.OpensslServer";

  /** What it trusts, a file in its folder. */
  static final String BUNDLE = "bundle.pem";

  private static final boolean FULL = "full".equals(System.getenv("HITLESS_IT"));
  private static final int USUAL_JDK = 17;
  private static final Builds BUILDS = new Builds();

  /** Builds both modules, on the platform of their native library; skips the tests on others. */
  static void build() throws IOException, InterruptedException {
    boolean itsPlatform =
        "Linux".equals(System.getProperty("os.name"))
            && "amd64".equals(System.getProperty("os.arch"));
    assumeTrue(itsPlatform && Openssl.isInstalled(), "a native library and openssl are needed");
    BUILDS.build(List.of(MODULE, IN_GRPC));
    assertThat(BUILDS.failure(MODULE)).isEmpty();
    assertThat(BUILDS.failure(IN_GRPC)).isEmpty();
  }

  /** The newest; with {@code HITLESS_IT=full} the oldest and a usual one as well. */
  static Stream<Named<Jdk>> jdks() throws IOException {
    NavigableMap<Integer, Jdk> all = Jdks.find();
    Stream<Integer> features =
        FULL
            ? Stream.of(all.firstKey(), USUAL_JDK, all.lastKey()).distinct()
            : Stream.of(all.lastKey());
    return features
        .filter(all::containsKey)
        .map(feature -> Named.of("JDK " + feature, all.get(feature)));
  }

  static Stream<Named<Jdk>> newest() throws IOException {
    Jdk newest = Jdks.find().lastEntry().getValue();
    return Stream.of(Named.of("JDK " + newest.feature(), newest));
  }

  /** Starts one in a folder that holds what it trusts. */
  static NettyProgram start(
      Jdk jdk, Path folder, String module, String program, List<String> options, Identity identity)
      throws Exception {
    for (Map.Entry<String, byte[]> file : files(identity).entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    Path build = BUILDS.folder().resolve(module);
    String classPath = build.resolve("classes") + File.pathSeparator + build.resolve("lib") + "/*";
    Peer peer =
        Peer.startProgram(
            jdk,
            folder,
            options,
            List.of("-cp", classPath, program),
            List.of(
                folder.resolve("server.crt"),
                folder.resolve("server.key"),
                folder.resolve(BUNDLE)));
    Map<String, Integer> ports = new HashMap<>();
    for (String line = peer.next(); !line.equals("ready"); line = peer.next()) {
      String[] words = line.split(" ");
      ports.put(words[0], Integer.parseInt(words[1]));
    }
    return new NettyProgram(peer, ports);
  }

  /** The files that it reads its own identity from. */
  static Map<String, byte[]> files(Identity identity) throws Exception {
    return Map.of(
        "server.crt", Pem.certificates(identity.chain()).getBytes(StandardCharsets.US_ASCII),
        "server.key", Pem.key(identity.key()).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws InterruptedException {
    peer.close();
  }
}
