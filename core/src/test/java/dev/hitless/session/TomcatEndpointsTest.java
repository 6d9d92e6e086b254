package dev.hitless.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.report.Log;
import dev.hitless.session.tomcat.Certificate;
import dev.hitless.session.tomcat.Endpoint;
import dev.hitless.session.tomcat.openssl.OpenSslContext;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TomcatEndpointsTest {
  private final Log log = new Log("off", null);
  private final Endpoint endpoint = new Endpoint();
  private final List<Runnable> asForeignCode = new ArrayList<>();
  private final TomcatEndpoints endpoints =
      new TomcatEndpoints(
          code -> {
            asForeignCode.add(code);
            code.run();
          });
  private final List<Runnable> chores = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private String refused = "none";

  @BeforeEach
  void know() {
    endpoints.spare(
        file -> file.equals(refused),
        (chore, delay) -> {
          chores.add(chore);
          delays.add(delay);
        });
    endpoints.note(endpoint);
  }

  private static Object openSsl() {
    try {
      return new OpenSslContext(SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void host(String name, String file) {
    endpoint.host(name).with(new Certificate(file, TomcatEndpointsTest::openSsl));
  }

  private List<Object> seen() {
    List<Object> seen = new ArrayList<>();
    endpoints.lookAtServers((context, engines) -> seen.add(context), log);
    return seen;
  }

  /** Says of the contexts, in their order, which presents a former certificate. */
  private void renew(Boolean... former) {
    List<Boolean> answers = new ArrayList<>(Arrays.asList(former));
    endpoints.renew(
        engines -> {
          SSLEngine engine = engines.get();
          assertThat(engine).isNotNull();
          return answers.remove(0);
        },
        log);
    assertThat(answers).isEmpty();
  }

  @Test
  void asksTheHostsThatPresentAFormerCertificateToReadTheirFiles() {
    host("a", "a.p12");
    host("b", "b.p12");
    host("c", "c.p12");
    List<Object> before = seen();

    renew(false, true, false);

    assertThat(endpoint.reloaded).containsExactly("b");
    assertThat(asForeignCode).hasSize(1);
    assertThat(seen()).hasSize(3).contains(before.get(0), before.get(2)).isNotEqualTo(before);
  }

  @Test
  void asksAHostOfTwoKindsOfKeysOnce() {
    host("a", "a.p12");
    host("a", "b.p12");

    renew(true); // the other need not be looked at

    assertThat(endpoint.reloaded).containsExactly("a");
  }

  @Test
  void leavesTheContextsOfJsseAlone() {
    endpoint.host("jsse").with(new Certificate("a.p12", Object::new));
    endpoint.host("without").with(new Certificate("a.p12", () -> null));

    assertThat(seen()).isEmpty();
    assertThat(endpoints.reloadAll(log)).isZero();
    renew();
    assertThat(endpoint.reloaded).isEmpty();
  }

  @Test
  void reloadsAllInTheClassLoaderOfTomcat() {
    host("a", "a.p12");
    host("b", "b.p12");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      assertThat(endpoints.reloadAll(log)).isEqualTo(2);
      assertThat(thread.getContextClassLoader()).isNull();
    } finally {
      thread.setContextClassLoader(before);
    }

    assertThat(endpoint.loaders).containsOnly(Endpoint.class.getClassLoader());
    assertThat(endpoint.reloaded).containsExactly("a", "b");
  }

  @Test
  void knowsAnEndpointOnceHoweverManyHostsItIsGiven() {
    host("a", "a.p12");
    endpoints.note(endpoint);
    endpoints.note(new Endpoint());

    assertThat(seen()).hasSize(1);
  }

  @Test
  void goesOnWhereAHostDoesNotLikeItsFiles() {
    boolean[] bad = {false};
    Supplier<Object> contexts =
        () -> {
          if (bad[0]) {
            throw new IllegalArgumentException("no key");
          }
          return openSsl();
        };
    endpoint.host("a").with(new Certificate("a.p12", contexts));
    host("b", "b.p12");
    bad[0] = true;

    assertThat(endpoints.reloadAll(log)).isEqualTo(1);

    assertThat(endpoint.reloaded).containsExactly("b");
    assertThat(seen()).hasSize(2);
  }

  @Test
  void goesOnWhereAnEndpointIsNoneThatItKnows() {
    TomcatEndpoints others = new TomcatEndpoints(Runnable::run);
    others.note(new Object());
    others.note(endpoint);
    host("a", "a.p12");

    assertThat(others.reloadAll(log)).isEqualTo(1);
  }

  @Test
  void hasNoHostReadWhatIsRefusedAndAsksItAgainLater() {
    host("a", "a.p12");
    host("b", "b.p12");
    refused = "a.p12";

    assertThat(endpoints.reloadAll(log)).isEqualTo(1);
    renew(true, false);

    assertThat(endpoint.reloaded).containsExactly("b");
    assertThat(delays).containsExactly(Duration.ofSeconds(5));

    chores.remove(0).run(); // still refused
    assertThat(delays).hasSize(2);
    refused = "none";
    chores.remove(0).run();
    assertThat(endpoint.reloaded).containsExactly("b", "b", "a", "b");
    assertThat(chores).isEmpty();
  }

  @Test
  void knowsItsTrustAsAFileToo() {
    host("a", "a.p12");
    endpoint.host("a").truststoreFile = "trust.p12";
    refused = "trust.p12";

    assertThat(endpoints.reloadAll(log)).isZero();
  }
}
