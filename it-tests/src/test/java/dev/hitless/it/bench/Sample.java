package dev.hitless.it.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measurements of one thing, in any unit. Immutable. */
final class Sample {
  private final double[] sorted;

  private Sample(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    sorted = values.clone();
    Arrays.sort(sorted);
  }

  static Sample of(List<Double> values) {
    return new Sample(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** What each measurement is, compared with the one that was made right beside it. */
  static Sample ratios(List<Double> values, List<Double> others) {
    double[] ratios = new double[values.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = values.get(i) / others.get(i);
    }
    return new Sample(ratios);
  }

  /** By how much each measurement exceeds the one that was made right beside it. */
  static Sample differences(List<Double> values, List<Double> others) {
    double[] differences = new double[values.size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = values.get(i) - others.get(i);
    }
    return new Sample(differences);
  }

  double median() {
    return quantile(0.5);
  }

  /** The value that a share of all does not exceed, between neighbours in proportion. */
  double quantile(double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** The median, and the middle half of all values. */
  String show(String format) {
    return String.format(
        Locale.ROOT,
        format + " (" + format + "…" + format + ")",
        median(),
        quantile(0.25),
        quantile(0.75));
  }
}
