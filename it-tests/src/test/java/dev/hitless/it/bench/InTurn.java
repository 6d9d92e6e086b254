package dev.hitless.it.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Two programs run one after the other, again and again, so that what drifts meets both. */
final class InTurn {
  private final List<Finished> first = new ArrayList<>();
  private final List<Finished> second = new ArrayList<>();

  /** Runs both; the pair that fills the page cache is not counted. */
  InTurn(Lab lab, Program one, Program other, int times) throws IOException, InterruptedException {
    lab.run(one);
    lab.run(other);
    for (int i = 0; i < times; i++) {
      if (i % 2 == 0) {
        first.add(lab.run(one));
        second.add(lab.run(other));
      } else {
        second.add(lab.run(other));
        first.add(lab.run(one));
      }
    }
  }

  List<Double> first(ToDoubleFunction<Finished> number) {
    return first.stream().map(number::applyAsDouble).toList();
  }

  List<Double> second(ToDoubleFunction<Finished> number) {
    return second.stream().map(number::applyAsDouble).toList();
  }
}
