package dev.hitless.agent.inside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.agent.inside.netty.KeepingProvider;
import dev.hitless.agent.inside.netty.OpenSslKeyMaterialProvider;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On classes of the shape of Netty's; Netty itself is in the integration tests. */
final class NettyKeyWeaverTest {
  private final Dispatcher dispatcher = new Dispatcher(null, name -> {});
  private final HookTransformer transformer =
      new HookTransformer(dispatcher, new Boundary(dispatcher));

  private static byte[] bytes(Class<?> type) throws Exception {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private byte @Nullable [] transformed(String name, Class<?> type) throws Exception {
    return transformer.transform(type.getClassLoader(), name, null, null, bytes(type));
  }

  /** Defines woven classes, and has the JVM verify them. */
  private static final class Definer extends ClassLoader {
    Definer() {
      super(KeepingProvider.class.getClassLoader());
    }

    Class<?> define(Class<?> type) throws Exception {
      byte[] woven = Objects.requireNonNull(NettyKeyWeaver.weave(bytes(type)));
      assertThat(new String(woven, StandardCharsets.ISO_8859_1)).contains(Weaver.BRIDGE);
      defineClass(type.getName(), woven, 0, woven.length);
      return Class.forName(type.getName(), true, this);
    }
  }

  @Test
  void weavesWhatTheJvmVerifies() throws Exception {
    Definer definer = new Definer();

    Class<?> first = definer.define(OpenSslKeyMaterialProvider.class);
    Class<?> keeping = definer.define(KeepingProvider.class);

    assertThat(keeping.getSuperclass()).isSameAs(first);
  }

  @Test
  void leavesAloneWhatIsMadeInAnotherWay() throws Exception {
    assertThat(NettyKeyWeaver.weave(bytes(NettyKeyWeaverTest.class))).isNull();
  }

  private @Nullable String notice(String home) {
    return dispatcher.nativeTls().noticeNow(home + "OpenSslServerContext");
  }

  @Test
  void saysThatACertificateIsNotRotatedOnlyWhereThatIsSo() throws Exception {
    String home = "io/netty/handler/ssl/";
    String keeping = home + "OpenSslCachingKeyMaterialProvider";
    NativeTls known = dispatcher.nativeTls();
    assertThat(notice(home)).contains("NOT rotated"); // as in an early Netty
    assertThat(transformed(keeping, KeepingProvider.class)).isNotNull();
    known.nettyBegins();
    known.nettyAsks(keeping.replace('/', '.'));
    assertThat(notice(home)).isNull();
    assertThat(notice(home)).isNull(); // one constructor calls another
    known.nettyBegins();
    assertThat(notice(home)).contains("NOT rotated");
    known.nettyAsks(keeping.replace('/', '.'));
    assertThat(known.noticeNow("org/apache/tomcat/util/net/openssl/OpenSSLContext"))
        .contains("NOT rotated");

    String other = home + "OtherKeyMaterialProvider";
    assertThat(transformed(other, NettyKeyWeaverTest.class)).isNull();

    known.nettyBegins();
    known.nettyAsks(other.replace('/', '.'));
    assertThat(notice(home)).contains("NOT rotated");
  }
}
