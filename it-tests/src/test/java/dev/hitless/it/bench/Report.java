package dev.hitless.it.bench;

import java.util.ArrayList;
import java.util.List;

/** All lines as one table, columns as wide as they need be. */
final class Report {
  private static final Line HEAD = new Line("what", "JDK", "measured", "ratio", "bar", true);

  private Report() {}

  static String of(List<Line> lines) {
    List<String[]> rows = new ArrayList<>();
    rows.add(cells(HEAD, ""));
    lines.forEach(line -> rows.add(cells(line, line.verdict())));
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        text.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
      }
      table.append(text.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  private static String[] cells(Line line, String verdict) {
    return new String[] {
      line.what(), line.jdk(), line.measured(), line.ratio(), line.bar(), verdict
    };
  }
}
