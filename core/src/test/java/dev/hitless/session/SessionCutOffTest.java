package dev.hitless.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.report.Log;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionCutOffTest {
  private static final long NOW = 1_000_000;

  private final List<ToLongFunction<@Nullable Object>> installed = new ArrayList<>();
  private final List<Runnable> chores = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final ListedSessions listed = new ListedSessions();
  private final OpenSslContexts openSsl = new OpenSslContexts(Runnable::run);

  private SessionCutOff cutOff(boolean hooked) {
    return cutOff(
        cutOffs -> {
          installed.add(cutOffs);
          return hooked;
        });
  }

  private SessionCutOff cutOff(SessionHooks hooks) {
    return new SessionCutOff(
        hooks,
        openSsl,
        Clock.fixed(Instant.ofEpochMilli(NOW - 1), ZoneOffset.UTC),
        () -> 0,
        (chore, delay) -> {
          chores.add(chore);
          delays.add(delay);
        },
        new Log("off", null));
  }

  private static SSLContext sunJsse() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
    context.init(null, null, null);
    return context;
  }

  @Test
  void putsHooksInNotBeforeTheFirstCutOff() throws GeneralSecurityException {
    SessionCutOff cutOff = cutOff(true);
    cutOff.cutOff(Collections.emptySet(), "nothing has changed");
    assertThat(installed).isEmpty();

    cutOff.cutOff(Collections.singleton(sunJsse()), "a test");
    assertThat(installed).hasSize(1);
  }

  @Test
  void setsTheCutOffOfBothRoles() throws GeneralSecurityException {
    SSLContext context = sunJsse();
    SSLContext other = sunJsse();

    cutOff(true).cutOff(Collections.singleton(context), "a test");

    ToLongFunction<@Nullable Object> cutOffs = installed.get(0);
    assertThat(cutOffs.applyAsLong(context.getServerSessionContext())).isEqualTo(NOW);
    assertThat(cutOffs.applyAsLong(context.getClientSessionContext())).isEqualTo(NOW);
    assertThat(cutOffs.applyAsLong(other.getServerSessionContext())).isEqualTo(CutOffs.NEVER);
    assertThat(chores).isEmpty();
  }

  @Test
  void endsTheSessionsThatAForeignProviderListsIfTheyAreOld() {
    listed.add(1, NOW - 5);
    listed.add(2, NOW);
    listed.add(3, NOW + 1);

    cutOff(true).cutOff(Collections.singleton(listed.context()), "a test");

    assertThat(listed.left()).containsExactly(3);
  }

  @Test
  void endsTheSessionsOfHandshakesThatWereOnTheirWayWhenTheyAreListed() {
    cutOff(true).cutOff(Collections.singleton(listed.context()), "a test");
    assertThat(delays).hasSize(4).isSorted();
    for (Runnable chore : chores) {
      listed.add(1, NOW);
      listed.add(2, NOW + 1);
      chore.run();
      assertThat(listed.left()).containsExactly(2);
    }
  }

  @Test
  void goesByWhatIsListedWhereTheHooksCannotBeLoadedAnyMore() throws GeneralSecurityException {
    SessionCutOff cutOff =
        cutOff(
            cutOffs -> {
              throw new NoClassDefFoundError("the jar was overwritten");
            });
    listed.add(1, NOW);

    cutOff.cutOff(Arrays.asList(sunJsse(), listed.context()), "a test");

    assertThat(listed.left()).isEmpty();
    assertThat(chores).hasSize(4);
  }

  @Test
  void cutsOffTheOthersWhereOneContextFails() {
    listed.add(1, NOW);

    cutOff(true).cutOff(Arrays.asList(ListedSessions.broken(), listed.context()), "a test");

    assertThat(listed.left()).isEmpty();
  }

  @Test
  void goesByWhatIsListedWhereHooksDoNotFit() throws GeneralSecurityException {
    cutOff(false).cutOff(Collections.singleton(sunJsse()), "a test");

    assertThat(installed).hasSize(1);
    assertThat(chores).hasSize(4);
  }
}
