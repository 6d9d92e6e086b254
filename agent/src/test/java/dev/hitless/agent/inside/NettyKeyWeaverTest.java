package dev.hitless.agent.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.agent.inside.netty.KeepingProvider;
import dev.hitless.agent.inside.netty.Material;
import dev.hitless.agent.inside.netty.OpenSslKeyMaterial;
import dev.hitless.agent.inside.netty.OpenSslKeyMaterialProvider;
import dev.hitless.agent.inside.netty.RecordingBridge;
import dev.hitless.agent.inside.netty.buffer.ByteBufAllocator;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.X509KeyManager;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
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

  /** Defines woven classes that call {@link RecordingBridge}, and has the JVM verify them. */
  private static final class Definer extends ClassLoader {
    Definer() {
      super(KeepingProvider.class.getClassLoader());
    }

    Class<?> define(Class<?> type) throws Exception {
      byte[] woven = Objects.requireNonNull(NettyKeyWeaver.weave(bytes(type)));
      ClassWriter writer = new ClassWriter(0);
      SimpleRemapper names =
          new SimpleRemapper(
              Opcodes.ASM9, Weaver.BRIDGE, RecordingBridge.class.getName().replace('.', '/'));
      new ClassReader(woven).accept(new ClassRemapper(writer, names), 0);
      byte[] bytes = writer.toByteArray();
      defineClass(type.getName(), bytes, 0, bytes.length);
      return Class.forName(type.getName(), true, this);
    }
  }

  /** A provider of woven classes, whose key manager answers for all aliases but one. */
  private static final class Woven {
    final X509KeyManager keys =
        (X509KeyManager)
            Proxy.newProxyInstance(
                X509KeyManager.class.getClassLoader(),
                new Class<?>[] {X509KeyManager.class},
                (self, method, arguments) ->
                    method.getName().equals("getCertificateChain") && !"none".equals(arguments[0])
                        ? new X509Certificate[0]
                        : null);
    final Object provider;

    Woven(Definer definer) throws Exception {
      definer.define(OpenSslKeyMaterialProvider.class);
      Constructor<?> constructor =
          definer
              .define(KeepingProvider.class)
              .getDeclaredConstructor(X509KeyManager.class, Iterable.class);
      constructor.setAccessible(true);
      provider = constructor.newInstance(keys, List.of("kept"));
    }

    @Nullable Object choose(String alias) throws Exception {
      Method choose =
          provider
              .getClass()
              .getDeclaredMethod("chooseKeyMaterial", ByteBufAllocator.class, String.class);
      choose.setAccessible(true);
      try {
        return choose.invoke(provider, ByteBufAllocator.DEFAULT, alias);
      } catch (InvocationTargetException e) {
        throw (Exception) e.getCause();
      }
    }

    void destroy() throws Exception {
      Method destroy = provider.getClass().getDeclaredMethod("destroy");
      destroy.setAccessible(true);
      destroy.invoke(provider);
    }
  }

  private static final OpenSslKeyMaterial MATERIAL = new Material("of hitless");

  @BeforeEach
  void forget() {
    RecordingBridge.CALLS.clear();
    RecordingBridge.answers = call -> null;
  }

  private static List<String> hooks() {
    return RecordingBridge.CALLS.stream().map(RecordingBridge.Call::hook).toList();
  }

  @Test
  void tellsOfTheKeyManagerOnce() throws Exception {
    Woven woven = new Woven(new Definer());

    assertThat(RecordingBridge.CALLS)
        .containsExactly(
            new RecordingBridge.Call(
                null, NettyKeyWeaver.PROVIDER, woven.provider, woven.keys, null));
  }

  @Test
  void goesOnAsBeforeWhereNothingIsKnown() throws Exception {
    Woven woven = new Woven(new Definer());

    assertThat(woven.choose("kept")).isEqualTo(new Material("kept, retained"));
    assertThatThrownBy(() -> woven.choose("none")).hasMessage("no none");
    assertThat(hooks())
        .containsExactly(NettyKeyWeaver.PROVIDER, NettyKeyWeaver.CHOOSE, NettyKeyWeaver.CHOOSE);
    assertThat(RecordingBridge.CALLS.get(1).a()).isEqualTo("kept");
  }

  @Test
  void usesWhatIsFound() throws Exception {
    Woven woven = new Woven(new Definer());
    RecordingBridge.answers = call -> MATERIAL;

    assertThat(woven.choose("kept")).isSameAs(MATERIAL);
    assertThat(hooks()).containsExactly(NettyKeyWeaver.PROVIDER, NettyKeyWeaver.CHOOSE);
  }

  @Test
  void makesWhatIsWanted() throws Exception {
    Woven woven = new Woven(new Definer());
    Object wanted = new Object();
    RecordingBridge.answers =
        call -> call.hook().equals(NettyKeyWeaver.CHOOSE) ? wanted : call.result();

    assertThat(woven.choose("kept")).isEqualTo(new Material("kept"));
    assertThat(RecordingBridge.CALLS.get(2))
        .isEqualTo(
            new RecordingBridge.Call(
                new Material("kept"), NettyKeyWeaver.MADE, woven.provider, wanted, null));
  }

  @Test
  void whatIsRefusedLeadsToTheOneBeforeOrOnAsBefore() throws Exception {
    Woven woven = new Woven(new Definer());
    Object wanted = new Object();
    RecordingBridge.answers =
        call ->
            switch (call.hook()) {
              case NettyKeyWeaver.CHOOSE -> wanted;
              case NettyKeyWeaver.REFUSED -> MATERIAL;
              default -> call.result();
            };

    assertThat(woven.choose("none")).isSameAs(MATERIAL);
    RecordingBridge.Call refused = RecordingBridge.CALLS.get(2);
    assertThat(refused.hook()).isEqualTo(NettyKeyWeaver.REFUSED);
    assertThat(refused.a()).isSameAs(wanted);
    assertThat((Exception) refused.b()).hasMessage("no none");

    RecordingBridge.answers = call -> call.hook().equals(NettyKeyWeaver.CHOOSE) ? wanted : null;
    assertThatThrownBy(() -> woven.choose("none")).hasMessage("no none"); // its own answer
  }

  @Test
  void tellsWhenAllIsFreed() throws Exception {
    Woven woven = new Woven(new Definer());

    woven.destroy();

    assertThat(RecordingBridge.CALLS.get(1))
        .isEqualTo(
            new RecordingBridge.Call(null, NettyKeyWeaver.DESTROYED, woven.provider, null, null));
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
