package dev.hitless.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.Openssl;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyKind;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.file.Way;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.start.Agent;
import dev.hitless.it.trust.Roots;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The certificates of servers whose TLS is Netty's OpenSSL, which keeps native copies of its keys.
 */
@Execution(ExecutionMode.CONCURRENT)
final class NettyRotationIT {
  private static TestCa servers;

  @TempDir Path folder;

  @BeforeAll
  static void build() throws Exception {
    NettyProgram.build();
    servers = new TestCa("servers");
  }

  private NettyProgram start(Jdk jdk, String module) throws Exception {
    Files.write(folder.resolve(NettyProgram.BUNDLE), Roots.bundle(servers));
    return NettyProgram.start(
        jdk,
        folder,
        module,
        NettyProgram.SERVER,
        List.of(Agent.flag("poll=100ms")),
        servers.issue(KeyKind.EC, List.of("localhost")));
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("dev.hitless.it.session.NettyProgram#jdks")
  void presentsTheNewCertificateOnceItsFilesAreReplaced(Jdk jdk) throws Exception {
    presentsTheNewCertificate(jdk, NettyProgram.MODULE);
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("dev.hitless.it.session.NettyProgram#newest")
  void soDoesTheNettyThatGrpcCarries(Jdk jdk) throws Exception {
    presentsTheNewCertificate(jdk, NettyProgram.IN_GRPC);
  }

  /** At each of its ports, of either provider, whatever kind of key comes next. */
  private void presentsTheNewCertificate(Jdk jdk, String module) throws Exception {
    try (NettyProgram server = start(jdk, module)) {
      server.peer().mustSay("following PEM files");
      int times = 0;
      for (KeyKind kind : List.of(KeyKind.EC, KeyKind.RSA, KeyKind.RSA, KeyKind.EC)) {
        Identity next = servers.issue(kind, List.of("localhost"));
        Way way = times++ % 2 == 0 ? Way.RENAME : Way.IN_PLACE;
        way.replace(folder, NettyProgram.files(next));
        server.peer().mustSay("to " + next.fingerprint());
        presents(server, next);
      }
      assertThat(server.peer().errors())
          .contains("proved in 4 of 4 contexts")
          .doesNotContain("NOT rotated", "not covered", "not proved");
    }
  }

  /** The JDK takes an RSA key of a large public exponent; BoringSSL does not. */
  @ParameterizedTest(name = "on {0}")
  @MethodSource("dev.hitless.it.session.NettyProgram#newest")
  void aKeyThatOpensslRefusesLeavesTheOneBeforeInService(Jdk jdk) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    BigInteger exponent = BigInteger.ONE.shiftLeft(40).add(BigInteger.valueOf(15));
    generator.initialize(new RSAKeyGenParameterSpec(2048, exponent));
    List<String> names = List.of("localhost");
    try (NettyProgram server = start(jdk, NettyProgram.MODULE)) {
      server.peer().mustSay("following PEM files");
      for (Identity good :
          List.of(servers.issue(KeyKind.RSA, names), servers.issue(KeyKind.RSA, names))) {
        Way.RENAME.replace(folder, NettyProgram.files(good));
        server.peer().mustSay("to " + good.fingerprint());
        presents(server, good);
        Identity refused = servers.issue(generator.generateKeyPair(), names);

        Way.RENAME.replace(folder, NettyProgram.files(refused));

        server.peer().mustSay("refuses the new certificate " + refused.fingerprint());
        server.peer().mustSay("contexts still present " + good.fingerprint());
        presents(server, good);
      }
    }
  }

  private static void presents(NettyProgram server, Identity identity) throws Exception {
    for (int port : server.ports().values()) {
      assertThat(Openssl.fingerprint(port, Slot.SINGLE.get(0))).isEqualTo(identity.fingerprint());
    }
  }
}
