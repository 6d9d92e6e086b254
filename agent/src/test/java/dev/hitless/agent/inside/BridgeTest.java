package dev.hitless.agent.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bridge under another name, for no loader but the first may define a class of its own. */
final class BridgeTest {
  private static final String NAME = "bridge.Renamed";
  private static final Object CONTEXT = "a session context";
  private static final long CUT_OFF = 1_000;

  private final Class<?> bridge = renamed();
  private final List<Object> before = new ArrayList<>();
  private final ThreadGroup group = new ThreadGroup("hitless");
  private final Thread own = new Thread(() -> {});
  private AtomicReferenceArray<?> opened;

  private static Class<?> renamed() {
    try (InputStream in =
        Objects.requireNonNull(
            BridgeTest.class.getResourceAsStream("/java/lang/HitlessBridge.class"))) {
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(in.readAllBytes())
          .accept(
              new ClassRemapper(
                  writer, new SimpleRemapper(Opcodes.ASM9, Weaver.BRIDGE, NAME.replace('.', '/'))),
              0);
      byte[] bytes = writer.toByteArray();
      return new ClassLoader(null) {
        Class<?> define() {
          return defineClass(NAME, bytes, 0, bytes.length);
        }
      }.define();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object call(String method, Class<?>[] types, Object... arguments) {
    try {
      return bridge.getMethod(method, types).invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError("it threw into the application", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void connect(Consumer<Object> beforeReading) {
    BiFunction<Object, Object[], Object> handler =
        (hook, given) -> {
          throw new IllegalStateException("hitless failed");
        };
    Class<?>[] types = {BiFunction.class, Consumer.class, Thread.class, ThreadGroup.class};
    Object[] ring = (Object[]) call("connect", types, handler, beforeReading, own, group);
    opened = (AtomicReferenceArray<?>) ring[0];
  }

  private void open(String file) {
    call("opened", new Class<?>[] {Object.class}, new File(file));
  }

  private boolean isCutOff(boolean already, Object context, long made) {
    Class<?>[] types = {boolean.class, Object.class, long.class};
    return (Boolean) call("isCutOff", types, already, context, made);
  }

  @BeforeEach
  void loadAfresh() {
    assertThat(isCutOff(true, CONTEXT, 0)).isTrue();
    assertThat(isCutOff(false, CONTEXT, 0)).as("before any cut-off").isFalse();
  }

  @Test
  void remembersWhatTheApplicationOpensOnceItHasBeenLookedAt() {
    connect(before::add);
    open("server.p12");
    assertThat(before).containsExactly(new File("server.p12"));
    assertThat(((Object[]) opened.get(0))[0]).isEqualTo(new File("server.p12"));
  }

  @Test
  void remembersNothingThatHitlessOpens() throws Exception {
    connect(before::add);
    FutureTask<?> renewal = new FutureTask<>(() -> open("ca.p12"), null);
    new Thread(group, renewal, "hitless-renew").start();
    renewal.get(10, TimeUnit.SECONDS);
    assertThat(before).isEmpty();
    assertThat(opened.get(0)).isNull();
  }

  @Test
  void throwsNothingIntoTheApplication() {
    connect(
        file -> {
          throw new IllegalStateException("hitless failed");
        });
    open("server.p12");
    Class<?>[] types = {Object.class, String.class, Object.class, Object.class, Object.class};
    assertThat(call("on", types, "its own", "PASSWORD", null, null, null)).isEqualTo("its own");
  }

  @Test
  void cutsOffWhatWasMadeUpToTheCutOffOfItsContext() {
    ToLongFunction<Object> cutOffs =
        context -> context == null || context == CONTEXT ? CUT_OFF : Long.MIN_VALUE;
    call("sessions", new Class<?>[] {ToLongFunction.class}, cutOffs);
    assertThat(isCutOff(false, CONTEXT, CUT_OFF)).isTrue();
    assertThat(isCutOff(false, CONTEXT, CUT_OFF + 1)).isFalse();
    assertThat(isCutOff(false, "another", CUT_OFF)).isFalse();
    assertThat(isCutOff(false, null, CUT_OFF)).isFalse();
    assertThat(call("made", new Class<?>[] {long.class}, 5L)).isEqualTo(CUT_OFF + 1);
    assertThat(call("made", new Class<?>[] {long.class}, CUT_OFF + 7)).isEqualTo(CUT_OFF + 7);
  }
}
