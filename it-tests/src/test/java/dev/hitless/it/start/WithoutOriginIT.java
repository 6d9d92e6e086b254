package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers whose certificate lies where no new one ever comes: with the keystore inside their jar,
 * and with a key that never leaves its token.
 */
final class WithoutOriginIT {
  @TempDir Path folder;

  @OnOldestAndNewestJdk
  void saysOnceHowToBindIt(Jdk jdk) throws Exception {
    mustSayHowToBind(jdk, "app.BundledServer");
  }

  @OnOldestAndNewestJdk
  void saysOnceHowToBindWhatATokenHolds(Jdk jdk) throws Exception {
    mustSayHowToBind(jdk, "app.TokenServer");
  }

  private void mustSayHowToBind(Jdk jdk, String program) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    try (Server server = serve(jdk, keys, Agent.flag(), program)) {
      assertThat(server.presents()).isEqualTo(keys.first());
      keys.renew();

      server.mustSay("not followed: no file was found that holds ");

      assertThat(server.presents()).isEqualTo(keys.first());
      assertThat(Lines.warnings(server.err()))
          .singleElement()
          .asString()
          .contains(keys.first(), "hitless.identity.<name>.keystore");
    }
  }

  @OnOldestAndNewestJdk
  void isBoundByHandToAFile(Jdk jdk) throws Exception {
    mustBeBoundByHand(jdk, "app.BundledServer");
  }

  @OnOldestAndNewestJdk
  void aFileTakesThePlaceOfAToken(Jdk jdk) throws Exception {
    mustBeBoundByHand(jdk, "app.TokenServer");
  }

  private void mustBeBoundByHand(Jdk jdk, String program) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    String agent =
        Agent.flag("identity.main.keystore=" + keys.path() + ",identity.main.password=changeit");
    try (Server server = serve(jdk, keys, agent, program)) {
      server.mustComeToPresent(keys.renew());
      server.mustComeToPresent(keys.renew());

      assertThat(Lines.warnings(server.err())).isEmpty();
    }
  }

  /** With a copy of the keystore of now. */
  private Server serve(Jdk jdk, ServerKeys keys, String agent, String program) throws Exception {
    Path jar = folder.resolve("server.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry("server.p12"));
      Files.copy(Path.of(keys.path()), out);
    }
    return Jvm.of(jdk, folder)
        .with(agent, "-cp", Probes.classes("server") + File.pathSeparator + jar)
        .serve(program);
  }
}
