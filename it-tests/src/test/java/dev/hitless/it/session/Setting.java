package dev.hitless.it.session;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Where the JVM under test keeps its sessions.
 *
 * @param tickets whether a ticket holds them whole, which SunJSSE has known since Java 13; else
 *     they are in its cache under an id
 */
record Setting(Jdk jdk, boolean tickets) {
  private static final int FIRST_WITH_TICKETS = 13;

  /**
   * The oldest JDK, which has ids only, and the newest with tickets; every JDK, both ways, with
   * {@code HITLESS_IT=full}.
   */
  static List<Setting> all() throws IOException {
    List<Jdk> found = List.copyOf(Jdks.find().values());
    boolean full = "full".equals(System.getenv("HITLESS_IT"));
    Collection<Jdk> jdks =
        full || found.size() < 3 ? found : List.of(found.get(0), found.get(found.size() - 1));
    List<Setting> settings = new ArrayList<>();
    for (Jdk jdk : jdks) {
      boolean hasTickets = jdk.feature() >= FIRST_WITH_TICKETS;
      if (full || !hasTickets) {
        settings.add(new Setting(jdk, false));
      }
      if (hasTickets) {
        settings.add(new Setting(jdk, true));
      }
    }
    return settings;
  }

  /**
   * Ids on the newest JDK, for what is the same everywhere: Java 25 itself takes no ticket that was
   * given under another certificate.
   */
  static List<Setting> newest() throws IOException {
    return List.of(new Setting(Jdks.find().lastEntry().getValue(), false));
  }

  List<String> options() {
    return List.of(
        "-Djdk.tls.server.enableSessionTicketExtension=" + tickets,
        "-Djdk.tls.client.enableSessionTicketExtension=" + tickets);
  }

  @Override
  public String toString() {
    return "JDK " + jdk.feature() + (tickets ? " with tickets" : " with ids");
  }
}
