package dev.hitless.agent.inside.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** In the place of the bridge: records what it is told, and answers as a test says. */
public final class RecordingBridge {
  /** Since it was cleared. */
  public static final List<Call> CALLS = new ArrayList<>();

  /** What it answers. */
  public static Function<Call, @Nullable Object> answers = call -> null;

  private RecordingBridge() {}

  /** What it was told. */
  public record Call(
      @Nullable Object result,
      String hook,
      @Nullable Object self,
      @Nullable Object a,
      @Nullable Object b) {}

  /** As {@code HitlessBridge.on}. */
  public static @Nullable Object on(
      @Nullable Object result,
      String hook,
      @Nullable Object self,
      @Nullable Object a,
      @Nullable Object b) {
    Call call = new Call(result, hook, self, a, b);
    CALLS.add(call);
    return answers.apply(call);
  }
}
