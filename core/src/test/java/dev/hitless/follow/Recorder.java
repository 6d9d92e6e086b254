package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what a listener was told, in order. */
final class Recorder implements GenerationListener {
  private static final String HEALED = "healed";
  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

  @Override
  public void accepted(Generation generation) {
    told.add(generation);
  }

  @Override
  public void refused(Refusal refusal) {
    told.add(refusal);
  }

  @Override
  public void healed() {
    told.add(HEALED);
  }

  /** Waits for the next thing told, which has to be this generation of one identity. */
  Generation awaitGeneration(long number, Identity identity) {
    Object next = next();
    assertThat(next).isInstanceOf(Generation.class);
    Generation generation = (Generation) next;
    assertThat(generation.identities().values()).containsExactly(identity);
    assertThat(generation.number()).isEqualTo(number);
    return generation;
  }

  Refusal awaitRefusal() {
    Object next = next();
    assertThat(next).isInstanceOf(Refusal.class);
    return (Refusal) next;
  }

  void awaitHealed() {
    assertThat(next()).isEqualTo(HEALED);
  }

  void assertNothingTold() {
    assertThat(told).isEmpty();
  }

  private Object next() {
    try {
      Object next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("what the listener was told").isNotNull();
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
