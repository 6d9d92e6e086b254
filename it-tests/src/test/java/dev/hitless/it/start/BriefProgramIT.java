package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.it.jdk.Jdk;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that has ended before hitless is ready, at whatever step of it: a dying JVM refuses
 * instrumentation in ways of its own, and none of those is anything to tell a person.
 */
final class BriefProgramIT {
  private static final int STEP_MILLIS = 2;
  private static final int LONGEST_MILLIS = 60;

  @TempDir Path folder;

  @OnOldestAndNewestJdk
  void endsWithoutAWordFromHitless(Jdk jdk) throws Exception {
    Jvm jvm = Jvm.of(jdk, folder).with(Agent.flag(), "-cp", Probes.classes("plain"));
    Set<Finished> ends = new LinkedHashSet<>();

    for (int millis = 0; millis <= LONGEST_MILLIS; millis += STEP_MILLIS) {
      ends.add(jvm.run("app.Brief", Integer.toString(millis)));
    }

    assertThat(ends).containsExactly(new Finished(0, "", ""));
  }
}
