package dev.hitless.agent.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HookTransformerTest {
  private final Dispatcher dispatcher = new Dispatcher(null, name -> {});
  private final HookTransformer transformer =
      new HookTransformer(dispatcher, new Boundary(dispatcher));

  /** Has this very class woven under another name; returns its constants, or null. */
  private @Nullable String woven(String name) throws Exception {
    Class<?> self = HookTransformerTest.class;
    try (InputStream in = self.getResourceAsStream(self.getSimpleName() + ".class")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      byte[] woven = transformer.transform(self.getClassLoader(), name, null, null, bytes);
      return woven == null ? null : new String(woven, StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void givesNettysContextsOfOpensslAHook() throws Exception {
    assertThat(woven("io/netty/handler/ssl/ReferenceCountedOpenSslContext"))
        .contains(Weaver.BRIDGE, Weaver.NETTY_CONTEXT);
  }

  @Test
  void givesThoseOfACopyInALibraryOneToo() throws Exception {
    assertThat(woven("com/example/shaded/io/netty/handler/ssl/ReferenceCountedOpenSslContext"))
        .contains(Weaver.BRIDGE, Weaver.NETTY_CONTEXT);
  }

  @Test
  void tellsOfServersOfEitherProviderOfNetty() throws Exception {
    assertThat(woven("io/netty/handler/ssl/OpenSslServerContext")).contains(Weaver.NATIVE);
    assertThat(woven("io/netty/handler/ssl/ReferenceCountedOpenSslServerContext"))
        .contains(Weaver.NATIVE);
  }

  /** Named as the method of Tomcat that gives an endpoint a host. */
  void addSslHostConfig() {}

  @Test
  void givesTomcatsEndpointsAHookWhereTheyAreGivenAHost() throws Exception {
    assertThat(woven("org/apache/tomcat/util/net/AbstractEndpoint"))
        .contains(Weaver.BRIDGE, Weaver.TOMCAT_ENDPOINT);
  }

  /** An endpoint of a Tomcat that can make its contexts anew. */
  public static class Renewing {
    public @Nullable Object getSslImplementation() {
      return null;
    }
  }

  @Test
  void tellsOfTomcatsOpensslWhereItCannotBeMadeAnew() {
    NativeTls nativeTls = new NativeTls();
    for (String type : List.of("OpenSSLContext", "panama/OpenSSLContext")) {
      String context = "org/apache/tomcat/util/net/openssl/" + type;
      nativeTls.tomcatEndpoint(Object.class);
      assertThat(nativeTls.noticeNow(context)).contains("NOT rotated");
    }
    nativeTls.tomcatEndpoint(Renewing.class);
    for (String type : List.of("OpenSSLContext", "panama/OpenSSLContext")) {
      assertThat(nativeTls.noticeNow("org/apache/tomcat/util/net/openssl/" + type)).isNull();
    }
    assertThat(nativeTls.noticeNow("org/apache/tomcat/util/net/AprEndpoint")).isNotNull();
  }

  @Test
  void leavesAllElseOfApplicationsAlone() throws Exception {
    assertThat(woven("io/netty/handler/ssl/OpenSslContext")).isNull();
    assertThat(woven("javax/net/ssl/SSLContext")).isNull();
  }
}
