package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program whose first statement reads its PEM file, while the hooks are being prepared beside it:
 * one that an argument names, or the one in a directory that it names.
 */
final class EagerServerIT {
  private static final Slot SLOT = Slot.SINGLE_EC.get(0);

  @TempDir Path folder;

  @OnEachJdk
  void isFollowedByItsArgument(Jdk jdk) throws Exception {
    isFollowed(jdk, "identity", folder.resolve("identity").toString());
  }

  @OnEachJdk
  void isFollowedByADirectory(Jdk jdk) throws Exception {
    isFollowed(jdk, "identity.pem", folder.toString());
  }

  private void isFollowed(Jdk jdk, String file, String argument) throws Exception {
    TestCa ca = new TestCa();
    Identity first = ca.issue(KeyKind.EC, List.of("localhost"));
    Identity second = ca.issue(KeyKind.EC, List.of("localhost"));
    Way.RENAME.layOut(folder, Map.of(file, pem(first)));
    try (Server server =
        Jvm.of(jdk, folder)
            .with(Agent.flag(), "-cp", Probes.classes("server"))
            .serve("app.EagerServer", argument)) {
      assertThat(server.presents()).isEqualTo(first.fingerprint());

      Way.RENAME.replace(folder, Map.of(file, pem(second)));

      server.mustComeToPresent(second.fingerprint());
      assertThat(Lines.warnings(server.err())).isEmpty();
    }
  }

  private static byte[] pem(Identity identity) throws Exception {
    return KeyFiles.PEM_ONE.write(Map.of(SLOT, identity)).values().iterator().next();
  }
}
