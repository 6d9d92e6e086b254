package dev.hitless.agent.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DispatcherTest {
  private static final Object RESULT = "what the method returns";

  private final List<String> loaded = new ArrayList<>();
  private final ThreadGroup group = new ThreadGroup("hitless");
  private final Dispatcher dispatcher =
      new Dispatcher(
          null,
          name -> {
            loaded.add(name);
            throw new IllegalStateException("enough was seen");
          });

  @BeforeEach
  void connect() {
    dispatcher.connected(
        new Object[] {new AtomicReferenceArray<>(1), new AtomicInteger()},
        new Thread(group, () -> {}),
        group);
  }

  private Object password() {
    return dispatcher.apply(
        Hook.PASSWORD.name(), new Object[] {null, "secret".toCharArray(), null, RESULT});
  }

  @Test
  void handsOnThePasswordsOfTheApplication() {
    assertThatThrownBy(this::password).hasMessage("enough was seen");
    assertThat(loaded).containsExactly("dev.hitless.serve");
  }

  @Test
  void keepsNoPasswordThatHitlessUsesItself() throws Exception {
    FutureTask<Object> renewal = new FutureTask<>(this::password);

    new Thread(group, renewal, "hitless-renew").start();

    assertThat(renewal.get(10, TimeUnit.SECONDS)).isSameAs(RESULT);
    assertThat(loaded).isEmpty();
  }
}
