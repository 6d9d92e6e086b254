package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what a listener was told, in order. */
final class Recorder implements GenerationListener<Map<String, Identity>> {
  private static final String HEALED = "healed";
  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

  @Override
  public void accepted(Generation<Map<String, Identity>> generation) {
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
  Generation<Map<String, Identity>> awaitGeneration(long number, Identity identity) {
    Object next = next();
    assertThat(next).isInstanceOf(Generation.class);
    @SuppressWarnings("unchecked")
    Generation<Map<String, Identity>> generation = (Generation<Map<String, Identity>>) next;
    assertThat(generation.material().values()).containsExactly(identity);
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
