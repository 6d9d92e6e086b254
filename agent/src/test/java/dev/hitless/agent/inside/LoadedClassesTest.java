package dev.hitless.agent.inside;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadedClassesTest {
  private final List<String> asked = new ArrayList<>();

  @Test
  void weavesNothingInAJvmThatIsEnding() {
    Dispatcher dispatcher = new Dispatcher(null, name -> {});
    LoadedClasses loaded =
        new LoadedClasses(ending(), new HookTransformer(dispatcher, new Boundary(dispatcher)));

    loaded.weaveOthers();

    assertThat(asked).containsExactly("getAllLoadedClasses");
  }

  /** What OpenJDK's own does once the JVM has announced its death: it answers nothing. */
  private Instrumentation ending() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            LoadedClassesTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              asked.add(method.getName());
              return null;
            });
  }
}
