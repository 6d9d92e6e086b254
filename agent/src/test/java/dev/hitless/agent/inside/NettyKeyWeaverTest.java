package dev.hitless.agent.inside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.agent.inside.netty.KeepingProvider;
import dev.hitless.agent.inside.netty.OpenSslKeyMaterialProvider;
import java.io.InputStream;
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

  /** Defines the woven class beside the class that it extends, and has the JVM verify it. */
  private static final class Definer extends ClassLoader {
    Definer() {
      super(KeepingProvider.class.getClassLoader());
    }

    Class<?> define(String name, byte[] bytes) throws ClassNotFoundException {
      Class<?> defined = defineClass(name, bytes, 0, bytes.length);
      return Class.forName(defined.getName(), true, this);
    }
  }

  @Test
  void weavesWhatTheJvmVerifies() throws Exception {
    byte[] woven = NettyKeyWeaver.weave(bytes(KeepingProvider.class));

    Class<?> defined = new Definer().define(KeepingProvider.class.getName(), woven);

    assertThat(defined.getDeclaredConstructors()).isNotEmpty();
  }

  @Test
  void leavesAloneWhatIsMadeInAnotherWay() throws Exception {
    assertThat(NettyKeyWeaver.weave(bytes(OpenSslKeyMaterialProvider.class))).isNull();
    assertThat(NettyKeyWeaver.weave(bytes(NettyKeyWeaverTest.class))).isNull();
  }

  private @Nullable String notice(String home) {
    return dispatcher.nativeTls().noticeNow(home + "OpenSslServerContext");
  }

  @Test
  void saysThatACertificateIsNotRotatedOnlyWhereThatIsSo() throws Exception {
    String home = "io/netty/handler/ssl/";
    assertThat(notice(home)).contains("NOT rotated"); // no such class: an early Netty
    assertThat(transformed(home + "OpenSslKeyMaterialProvider", OpenSslKeyMaterialProvider.class))
        .isNull();
    assertThat(notice(home)).isNull();
    assertThat(transformed(home + "OpenSslCachingKeyMaterialProvider", KeepingProvider.class))
        .isNotNull();
    assertThat(notice(home)).isNull();

    assertThat(transformed(home + "OtherKeyMaterialProvider", NettyKeyWeaverTest.class)).isNull();

    assertThat(notice(home)).contains("NOT rotated");
    assertThat(notice("io/grpc/netty/shaded/" + home)).contains("NOT rotated");
  }
}
