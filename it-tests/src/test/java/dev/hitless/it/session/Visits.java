package dev.hitless.it.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client and a port for each kind of connection. */
final class Visits {
  private final Peer server;
  private final Peer client;
  private final Map<Kind, Integer> ports = new LinkedHashMap<>();

  Visits(Peer server, Peer client) throws IOException, InterruptedException {
    this.server = server;
    this.client = client;
    for (Kind kind : Kind.ALL) {
      ports.put(kind, server.listen(kind));
    }
  }

  int port(Kind kind) {
    return ports.get(kind);
  }

  /** Fails unless a connection of each kind comes to pass in the given way. */
  void all(String way) throws IOException, InterruptedException {
    Map<Kind, String> seen = new LinkedHashMap<>();
    Map<Kind, String> expected = new LinkedHashMap<>();
    for (Map.Entry<Kind, Integer> each : ports.entrySet()) {
      seen.put(each.getKey(), client.connect(each.getKey(), each.getValue()));
      expected.put(each.getKey(), way);
    }
    assertThat(seen).as("server: %s", server.errors()).isEqualTo(expected);
  }
}
