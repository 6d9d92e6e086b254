package dev.hitless.it;

import dev.hitless.it.jdk.Jdks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All results as one table: server and way down, JDK across. */
final class Table {
  private static final String LABEL = "%-20s %-22s";
  private static final String CELL = " %9s";

  private Table() {}

  static String of(List<Row> rows) {
    Map<String, Map<Integer, String>> lines = new LinkedHashMap<>();
    for (Row row : rows) {
      String label = String.format(Locale.ROOT, LABEL, row.server().name(), row.way());
      lines.computeIfAbsent(label, any -> new TreeMap<>()).put(row.jdk().feature(), row.cell());
    }
    StringBuilder table = new StringBuilder();
    table.append(String.format(Locale.ROOT, LABEL, "server", "files replaced by"));
    Jdks.FEATURES.forEach(jdk -> table.append(String.format(Locale.ROOT, CELL, "JDK " + jdk)));
    lines.forEach(
        (label, cells) -> {
          table.append('\n').append(label);
          for (int jdk : Jdks.FEATURES) {
            table.append(String.format(Locale.ROOT, CELL, cells.getOrDefault(jdk, "-")));
          }
        });
    long failed = rows.stream().filter(row -> !row.passed()).count();
    return table
        .append(
            "\n%d rotations, %d failed; a time is from the change to the first handshake with the new certificate"
                .formatted(rows.size(), failed))
        .toString();
  }
}
