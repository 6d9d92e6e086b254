package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A certificate that is renewed for another name comes under another policy on peers. */
class NamesOfPeerPolicyTest extends RunningRotation {
  private long counted(String name) {
    return rotation.status().getCounters().get(name);
  }

  @Test
  void endsSessionsWithTheNamesAndNotWithTheCertificate() throws Exception {
    properties.setProperty("hitless.log.level", "off");
    properties.setProperty("hitless.policy.name.a.example.peer.san", "web.example");
    start();
    Object context = context(keyManagers(load(write("server.jks", identity("a.example")))));
    awaitFollowed();
    write("server.jks", identity("a.example"));
    await(() -> counted("rotations") == 1);
    assertThat(counted("cutOffs")).isZero();
    write("server.jks", identity("b.example"));
    await(() -> counted("cutOffs") == 1);
    assertThat(context).isNotNull(); // in use until here
  }
}
