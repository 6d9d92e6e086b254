package dev.hitless.it.start;

import java.util.List;
import java.util.stream.Stream;

/** What a JVM that ran to its end left behind. */
record Finished(int exit, String out, String err) {

  /** What hitless itself said on the error stream. */
  List<String> saidByHitless() {
    return Lines.ofHitless(err);
  }

  /** Both streams but for the line with which a JVM says that the environment gave it options. */
  String withoutOptionsNotice() {
    return Stream.concat(out.lines(), err.lines())
        .filter(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS"))
        .reduce("", (all, line) -> all + line + "\n");
  }
}
