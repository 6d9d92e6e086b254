package dev.hitless.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.report.Log;
import dev.hitless.session.tomcat.Certificate;
import dev.hitless.session.tomcat.Endpoint;
import dev.hitless.session.tomcat.HostConfig;
import dev.hitless.session.tomcat.LaterCertificate;
import dev.hitless.session.tomcat.openssl.OpenSslContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TomcatEndpointsTest {
  private final Log log = new Log("off", null);
  private final Endpoint endpoint = new Endpoint();
  private final List<Boolean> making = new ArrayList<>();
  private final TomcatEndpoints endpoints = new TomcatEndpoints(this::asForeignCode);
  private final List<Runnable> chores = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final Set<String> former = new HashSet<>();
  private final Set<String> current = new HashSet<>();
  private String refused = "none";
  private int looked;

  private final ContextJudge judge =
      new ContextJudge() {
        @Override
        public Object presented(Supplier<SSLEngine> engines) {
          looked++;
          String presents = engines.get().getPeerHost();
          return presents.equals("nothing") ? null : presents;
        }

        @Override
        public boolean isCurrent(Object certificate) {
          return current.contains(certificate);
        }

        @Override
        public boolean isFormer(Object certificate) {
          return former.contains(certificate);
        }
      };

  private void asForeignCode(Runnable code) {
    making.add(endpoints.isMaking());
    code.run();
  }

  @BeforeEach
  void know() {
    endpoints.judgeBy(judge);
    endpoints.spare(
        file -> file.equals(refused),
        (chore, delay) -> {
          chores.add(chore);
          delays.add(delay);
        });
    endpoints.note(endpoint);
  }

  /** A host that was started with what its file held, which is served now. */
  private void host(String name, String file, String content) {
    endpoint.files.put(file, content);
    current.add(content);
    endpoint.host(name).with(new LaterCertificate(file, new OpenSslContext(content)));
  }

  /** The file of a host is replaced, and hitless serves that. */
  private void rotate(String file, String content) {
    String before = endpoint.files.put(file, content);
    current.remove(before);
    former.add(before);
    current.add(content);
  }

  private List<Object> contexts() {
    List<Object> contexts = new ArrayList<>();
    for (HostConfig host : endpoint.findSslHostConfigs()) {
      host.getCertificates().forEach(each -> contexts.add(each.getSslContext()));
    }
    return contexts;
  }

  private List<String> presented() {
    List<String> presented = new ArrayList<>();
    contexts().forEach(each -> presented.add(((OpenSslContext) each).presents));
    return presented;
  }

  /** What is looked at to prove that a certificate is presented. */
  private List<String> lookedAtFor(String certificate) {
    List<String> seen = new ArrayList<>();
    endpoints.lookAtServers(
        certificate, (context, engines) -> seen.add((String) judge.presented(engines)), log);
    return seen;
  }

  @Test
  void looksAtWhatShouldPresentACertificateAndAtWhatWasReplaced() {
    host("a", "a.p12", "a1");
    host("b", "b.p12", "b1");
    host("c", "c.p12", "c1");
    rotate("b.p12", "b2");
    rotate("c.p12", "c2");
    refused = "b.p12";
    endpoints.renew(log);

    assertThat(lookedAtFor("c2")).containsExactly("b1", "c2");
    assertThat(lookedAtFor("a1")).containsExactly("a1", "b1");
    assertThat(endpoints.presenting("c2")).isEqualTo(1);
    assertThat(endpoints.presenting("c1")).isZero();
  }

  @Test
  void looksAtAContextOnceSinceItNeverPresentsAnother() {
    host("a", "a.p12", "a1");
    endpoints.renew(log);
    int looks = looked;
    endpoints.renew(log);

    assertThat(looks).isEqualTo(1);
    assertThat(looked).isEqualTo(looks);
    assertThat(endpoints.presenting("a1")).isEqualTo(1);
  }

  @Test
  void makesNewContextsWhereAFormerCertificateIsPresented() {
    host("a", "a.p12", "a1");
    host("b", "b.p12", "b1");
    host("c", "c.p12", "c1");
    List<Object> before = contexts();

    rotate("b.p12", "b2");
    endpoints.renew(log);

    assertThat(endpoint.read).containsExactly("b.p12");
    assertThat(endpoint.sessionsConfigured).isEqualTo(1);
    assertThat(making).containsExactly(true); // its key managers are bound at once
    assertThat(endpoints.isMaking()).isFalse();
    assertThat(presented()).containsExactly("a1", "b2", "c1");
    assertThat(contexts()).contains(before.get(0), before.get(2));
    assertThat(chores).isEmpty();
  }

  @Test
  void makesThoseOfTheKindOfKeyThatWasReplaced() {
    host("a", "rsa.p12", "rsa1");
    host("a", "ec.p12", "ec1");

    rotate("ec.p12", "ec2");
    endpoints.renew(log);

    assertThat(endpoint.read).containsExactly("ec.p12");
    assertThat(presented()).containsExactly("rsa1", "ec2");
  }

  @Test
  void setsTheContextWhereATomcatKnowsOfOneKindOnly() {
    endpoint.files.put("a.p12", "a2");
    endpoint.host("a").with(new Certificate("a.p12", new OpenSslContext("a1")));
    former.add("a1");
    current.add("a2");

    endpoints.renew(log);

    assertThat(presented()).containsExactly("a2");
  }

  @Test
  void leavesTheContextsOfJsseAlone() {
    endpoint.host("jsse").with(new LaterCertificate("a.p12", new Object()));
    endpoint.host("without").with(new LaterCertificate("a.p12", null));

    assertThat(lookedAtFor("any")).isEmpty();
    assertThat(endpoints.renewAll(log)).isZero();
    endpoints.renew(log);
    assertThat(endpoint.read).isEmpty();
  }

  @Test
  void makesAllAnewInTheClassLoaderOfTomcat() {
    host("a", "a.p12", "a1");
    host("b", "b.p12", "b1");
    List<Object> before = contexts();
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      assertThat(endpoints.renewAll(log)).isEqualTo(2);
      assertThat(thread.getContextClassLoader()).isNull();
    } finally {
      thread.setContextClassLoader(loader);
    }

    assertThat(endpoint.loaders).containsOnly(Endpoint.class.getClassLoader());
    assertThat(presented()).containsExactly("a1", "b1");
    assertThat(contexts()).doesNotContainAnyElementsOf(before);
  }

  @Test
  void makesThoseAnewTooWhoseKeyIsNotFollowed() {
    host("a", "a.p12", "a1");
    current.clear();

    assertThat(endpoints.renewAll(log)).isEqualTo(1);
  }

  @Test
  void knowsAnEndpointOnceHoweverManyHostsItIsGiven() {
    host("a", "a.p12", "a1");
    endpoints.note(endpoint);
    endpoints.note(new Endpoint());

    assertThat(lookedAtFor("a1")).hasSize(1);
  }

  @Test
  void putsNoContextInPlaceThatCouldNotBeMade() {
    host("a", "a.p12", "a1");
    host("b", "b.p12", "b1");
    host("c", "c.p12", "c1");
    endpoint.files.remove("a.p12");
    endpoint.files.put("b.p12", "broken"); // an early Tomcat logs why, and its memory is freed
    List<Object> before = contexts();

    assertThat(endpoints.renewAll(log)).isEqualTo(1);

    assertThat(contexts()).startsWith(before.get(0), before.get(1)).doesNotContain(before.get(2));
    endpoint.files.put("a.p12", "a1");
    chores.remove(0).run();
    assertThat(endpoint.read).containsExactly("a.p12", "b.p12", "c.p12", "a.p12", "b.p12");
    assertThat(chores).hasSize(1); // for the other
  }

  @Test
  void putsNoContextInPlaceThatPresentsWhatHitlessDoesNotServe() {
    host("a", "a.p12", "a1");
    List<Object> before = contexts();
    for (String content : Arrays.asList("unknown", "nothing")) {
      endpoint.files.put("a.p12", content);

      assertThat(endpoints.renewAll(log)).isZero();
      assertThat(contexts()).isEqualTo(before);
    }
    former.add("a1");
    current.add("a2");
    endpoint.files.put("a.p12", "a2");
    endpoints.renew(log);
    assertThat(presented()).containsExactly("a2");

    chores.remove(0).run(); // is too late
    assertThat(endpoint.read).hasSize(3);
    assertThat(chores).isEmpty();
  }

  @Test
  void hasNoHostReadWhatIsRefusedAndAsksItAgainLater() {
    host("a", "a.p12", "a1");
    host("b", "b.p12", "b1");
    refused = "a.p12";

    assertThat(endpoints.renewAll(log)).isEqualTo(1);

    assertThat(endpoint.read).containsExactly("b.p12");
    assertThat(delays).containsExactly(Duration.ofSeconds(5));

    chores.remove(0).run(); // still refused
    assertThat(delays).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
    refused = "none";
    chores.remove(0).run();
    assertThat(endpoint.read).containsExactly("b.p12", "a.p12");
    assertThat(chores).isEmpty();
  }

  @Test
  void doesAtOnceWhatWasLeftWhenSomethingIsMended() {
    host("a", "a.p12", "a1");
    host("b", "b.p12", "b1");
    refused = "a.p12";
    endpoints.renewAll(log);
    for (int i = 0; i < 20; i++) {
      chores.remove(0).run();
      assertThat(chores).hasSize(1);
    }
    assertThat(delays).last().isEqualTo(Duration.ofMinutes(5));
    refused = "none";

    endpoints.renew(log);

    assertThat(endpoint.read).containsExactly("b.p12", "a.p12");
    chores.remove(0).run();
    assertThat(endpoint.read).hasSize(2);
    assertThat(chores).isEmpty();
  }

  @Test
  void goesOnWhereAHostIsNoneThatItKnows() {
    endpoint
        .host("odd")
        .with(
            new Certificate("a.p12", new OpenSslContext("odd")) {
              @Override
              public Object getSslContext() {
                throw new IllegalStateException("another Tomcat");
              }
            });
    host("b", "b.p12", "b1");

    assertThat(endpoints.renewAll(log)).isEqualTo(1);
  }

  @Test
  void knowsItsTrustAsAFileToo() {
    host("a", "a.p12", "a1");
    endpoint.host("a").truststoreFile = "trust.p12";
    refused = "trust.p12";

    assertThat(endpoints.renewAll(log)).isZero();
  }

  @Test
  void goesOnWhereAnEndpointIsNoneThatItKnows() {
    TomcatEndpoints others = new TomcatEndpoints(Runnable::run);
    others.judgeBy(judge);
    others.note(new Object());
    others.note(endpoint);
    host("a", "a.p12", "a1");

    assertThat(others.renewAll(log)).isEqualTo(1);
    assertThat(Collections.singleton("a1")).containsAll(presented());
  }
}
