package dev.hitless.it.renew;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.material.Identity;
import dev.hitless.renew.publish.SteppedPublication;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files as they are when a publication's JVM was killed with SIGKILL before an operation.
 *
 * @param said before which; {@code done} if it was through
 * @param directory where the files lie
 */
record KilledPublication(String said, Path directory) {
  private static final int MOST_STEPS = 100;

  /**
   * Has a JVM publish in many folders, in each up to one operation further, and kills it.
   *
   * @param shape the name of a {@code Shape}
   * @param folder where there is nothing so far
   * @return one for each operation, in their order, and the one that was through
   */
  static List<KilledPublication> beforeEachStep(
      String shape, Jdk jdk, Path folder, Identity first, Identity second)
      throws IOException, InterruptedException {
    Path next = folder.resolve("next.p12");
    SteppedPublication.prepareNext(next, second);
    SteppedPublication.prepare(shape, folder, MOST_STEPS, first);
    Path errors = folder.resolve("errors");
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SteppedPublication.class.getName(),
            shape,
            folder.toString(),
            next.toString()));
    Process child = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    List<KilledPublication> all = new ArrayList<>();
    try (BufferedReader reader = child.inputReader()) {
      String said = "";
      while (!said.equals("done")) {
        said = reader.readLine();
        if (said == null) {
          throw new IOException("the publication says no more: " + Files.readString(errors));
        }
        all.add(new KilledPublication(said, SteppedPublication.folder(folder, all.size())));
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    return all;
  }
}
