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

/** A server with its keystore inside its jar, where no new certificate ever comes to lie. */
final class BundledKeyStoreIT {
  @TempDir Path folder;

  @OnOldestAndNewestJdk
  void saysOnceHowToBindIt(Jdk jdk) throws Exception {
    ServerKeys keys = new ServerKeys(folder);
    try (Server server = serve(jdk, keys, Agent.flag())) {
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
    ServerKeys keys = new ServerKeys(folder);
    String agent =
        Agent.flag("identity.main.keystore=" + keys.path() + ",identity.main.password=changeit");
    try (Server server = serve(jdk, keys, agent)) {
      server.mustComeToPresent(keys.renew());
      server.mustComeToPresent(keys.renew());

      assertThat(Lines.warnings(server.err())).isEmpty();
    }
  }

  /** With a copy of the keystore of now. */
  private Server serve(Jdk jdk, ServerKeys keys, String agent) throws Exception {
    Path jar = folder.resolve("server.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry("server.p12"));
      Files.copy(Path.of(keys.path()), out);
    }
    return Jvm.of(jdk, folder)
        .with(agent, "-cp", Probes.classes("server") + File.pathSeparator + jar)
        .serve("app.BundledServer");
  }
}
