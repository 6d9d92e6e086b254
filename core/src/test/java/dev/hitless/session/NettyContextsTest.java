package dev.hitless.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.report.Log;
import dev.hitless.session.netty.OpenSslContext;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NettyContextsTest {
  private final ListedSessions listed = new ListedSessions();
  private final OpenSslContext server = new OpenSslContext(false, listed);
  private final OpenSslContext client = new OpenSslContext(true, listed);
  private final OpenSslContexts openSsl = new OpenSslContexts(Runnable::run);
  private final NettyContexts contexts = openSsl.netty();
  private final List<Runnable> chores = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private boolean hooked;

  private final SessionCutOff cutOff =
      new SessionCutOff(
          cutOffs -> {
            hooked = true;
            return true;
          },
          openSsl,
          Clock.systemUTC(),
          System::nanoTime,
          (chore, delay) -> {
            chores.add(chore);
            delays.add(delay);
          },
          new Log("off", null));

  private int end() {
    return cutOff.cutOff(Collections.emptySet(), "a test");
  }

  @Test
  void givesAServerAnotherSessionIdContextEachTime() {
    contexts.note(server);

    assertThat(end()).isEqualTo(1);
    assertThat(end()).isEqualTo(1);

    assertThat(server.idContexts).hasSize(2).doesNotHaveDuplicates();
    assertThat(server.idContexts).allMatch(each -> each.length == 32);
    assertThat(server.references).isEqualTo(1);
    assertThat(chores).isEmpty();
    assertThat(hooked).isFalse();
  }

  @Test
  void endsWhatIsListed() {
    listed.add(1, 0);
    contexts.note(server);

    end();

    assertThat(listed.left()).isEmpty();
  }

  @Test
  void setsTicketKeysWhereTheApplicationHasSetSome() {
    server.tickets = 1;
    contexts.note(server);

    end();
    end();

    assertThat(server.ticketKeys).hasSize(2);
    assertThat(server.ticketKeys.get(0).parts()).doesNotHaveDuplicates();
    assertThat(server.ticketKeys.get(1).parts())
        .doesNotContainAnyElementsOf(server.ticketKeys.get(0).parts());
  }

  @Test
  void turnsNoTicketsOn() {
    contexts.note(server);

    end();

    assertThat(server.ticketKeys).isEmpty();
  }

  @Test
  void endsTheSessionsOfClientsAgainForHandshakesOnTheirWay() {
    contexts.note(client);
    end();
    assertThat(delays).hasSize(4).isSorted();

    for (Runnable chore : chores) {
      listed.add(1, Long.MAX_VALUE);
      chore.run();
      assertThat(listed.left()).isEmpty();
    }
    assertThat(client.idContexts).isEmpty();
    assertThat(client.references).isEqualTo(1);
  }

  @Test
  void leavesAloneWhatIsFreedOrBeingMade() {
    server.references = 0;
    client.complete = false;
    contexts.note(server);
    contexts.note(client);

    assertThat(end()).isEqualTo(1);

    assertThat(server.idContexts).isEmpty();
    assertThat(server.references).isZero();
  }

  @Test
  void goesOnWhereAContextRefuses() {
    OpenSslContext unwilling = new OpenSslContext(false, listed);
    unwilling.willing = false;
    contexts.note(unwilling);
    contexts.note(server);
    contexts.note("a Netty of another make");

    assertThat(end()).isEqualTo(1);

    assertThat(server.idContexts).hasSize(1);
    assertThat(unwilling.references).isEqualTo(1);
  }

  @Test
  void looksAtServersAndFreesTheirEngines() {
    OpenSslContext freed = new OpenSslContext(false, listed);
    freed.references = 0;
    Arrays.asList(server, client, freed).forEach(contexts::note);
    List<Object> seen = new ArrayList<>();
    List<Exception> failures = new ArrayList<>();

    contexts.lookAtServers(
        (context, engines) -> {
          seen.add(context);
          assertThat(engines.get()).isNotSameAs(engines.get());
          assertThat(server.references).isEqualTo(2);
        },
        failures::add);

    assertThat(seen).containsExactly(server);
    assertThat(failures).isEmpty();
    assertThat(server.engines).hasSize(2).allMatch(engine -> engine.references == 0);
    assertThat(server.references).isEqualTo(1);
    assertThat(client.references).isEqualTo(1);
    assertThat(freed.references).isZero();
  }

  @Test
  void freesEnginesWhereALookFails() {
    OpenSslContext other = new OpenSslContext(false, listed);
    contexts.note(server);
    contexts.note(other);
    List<Exception> failures = new ArrayList<>();

    contexts.lookAtServers(
        (context, engines) -> {
          throw new IllegalStateException("the handshake has failed: " + engines.get());
        },
        failures::add);

    assertThat(failures).hasSize(2);
    for (OpenSslContext each : Arrays.asList(server, other)) {
      assertThat(each.engines).hasSize(1).allMatch(engine -> engine.references == 0);
      assertThat(each.references).isEqualTo(1);
    }
  }
}
