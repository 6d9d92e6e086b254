package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class DoorbellTest {
  private final Doorbell doorbell = new Doorbell();

  @Test
  void interruptsAListener() {
    doorbell.listen();
    doorbell.ring();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    doorbell.ignore();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void leavesAThreadThatIsBusyAlone() {
    doorbell.ring();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    doorbell.listen();
    doorbell.ignore();
    doorbell.ring();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void forgetsTheInterruptOfAStranger() {
    doorbell.listen();
    Thread.currentThread().interrupt();
    doorbell.ignore();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void letsNoInterruptArriveLate() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> ringers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread ringer =
          new Thread(
              () -> {
                while (!done.get()) {
                  doorbell.ring();
                }
              });
      ringer.start();
      ringers.add(ringer);
    }
    int late = 0;
    for (int i = 0; i < 20_000; i++) {
      doorbell.listen();
      LockSupport.parkNanos(1);
      doorbell.ignore();
      late += Thread.interrupted() ? 1 : 0;
    }
    done.set(true);
    for (Thread ringer : ringers) {
      ringer.join();
    }
    assertThat(late).isZero();
  }
}
