package dev.hitless.renew.issue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command with all that it started, which are known by a mark in their environment: on Linux even
 * those whose parent has ended are found by it, with the means of Java 8. Elsewhere the command
 * alone is ended.
 *
 * <p>Immutable and thread-safe.
 */
final class ProcessTree {
  private static final long GRACE_MILLIS = 3000;
  private static final long STEP_MILLIS = 50;

  private final Process process;
  private final String mark;

  /**
   * Names a tree.
   *
   * @param mark what the environment of the command, and of no other, contains
   */
  ProcessTree(Process process, String mark) {
    this.process = process;
    this.mark = mark;
  }

  /**
   * Ends all of it: asks first, and after a few seconds does not ask.
   *
   * @throws InterruptedException if the thread was interrupted; then it was forced at once
   */
  void end() throws InterruptedException {
    try {
      signal("TERM", members());
      process.destroy();
      for (long waited = 0; waited < GRACE_MILLIS && isAlive(); waited += STEP_MILLIS) {
        process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS);
        if (!process.isAlive()) {
          Thread.sleep(STEP_MILLIS);
        }
      }
    } finally {
      signal("KILL", members());
      process.destroyForcibly();
    }
    process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private boolean isAlive() {
    return process.isAlive() || !members().isEmpty();
  }

  /** Returns the process ids of the tree; empty where there is no {@code /proc}. */
  List<String> members() {
    List<String> members = new ArrayList<>();
    Path proc = Paths.get("/proc");
    if (!Files.isDirectory(proc)) {
      return members;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path entry : entries) {
        if (isMarked(entry.resolve("environ"))) {
          members.add(entry.getFileName().toString());
        }
      }
    } catch (IOException | RuntimeException e) {
      // What cannot be listed is not ended; the command itself is, in any case.
      return members;
    }
    return members;
  }

  private boolean isMarked(Path environment) {
    try {
      String text = new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1);
      return Arrays.asList(text.split("\0")).contains(mark);
    } catch (IOException | RuntimeException e) {
      // Another user's process, or one that has ended meanwhile.
      return false;
    }
  }

  private static void signal(String name, List<String> members) {
    if (members.isEmpty()) {
      return;
    }
    List<String> kill = new ArrayList<>(Arrays.asList("/bin/sh", "-c", "kill -s \"$0\" \"$@\""));
    kill.add(name);
    kill.addAll(members);
    File nothing = new File("/dev/null");
    try {
      Process signal =
          new ProcessBuilder(kill).redirectOutput(nothing).redirectError(nothing).start();
      signal.getOutputStream().close();
      if (!signal.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        signal.destroyForcibly();
      }
    } catch (IOException e) {
      // Without a shell the command alone is ended.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
