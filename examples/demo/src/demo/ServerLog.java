package demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What hitless says in the server's own log. */
final class ServerLog {
  private static final Pattern ROTATED =
      Pattern.compile(" hitless INFO: rotated .* to ([0-9a-f]{64}),.* (\\d+) ms after the change");
  private static final long LOOK_AGAIN_MS = 5;

  private final Path file;

  ServerLog(Path file) {
    this.file = file;
  }

  /** Returns the milliseconds from change to proof that the log names, or null if not in time. */
  Long awaitRotated(String fingerprint, long until) throws IOException, InterruptedException {
    while (true) {
      for (String line : hitless()) {
        Matcher matcher = ROTATED.matcher(line);
        if (matcher.find() && matcher.group(1).equals(fingerprint)) {
          return Long.valueOf(matcher.group(2));
        }
      }
      if (Micros.now() > until) {
        return null;
      }
      Thread.sleep(LOOK_AGAIN_MS);
    }
  }

  /** Returns the renewal of this number, counted from 1, or null if there is none in time. */
  Renewed awaitRenewal(int number, long until) throws IOException, InterruptedException {
    while (true) {
      List<Renewed> all = renewals();
      if (all.size() >= number) {
        return all.get(number - 1);
      }
      if (Micros.now() > until) {
        return null;
      }
      Thread.sleep(LOOK_AGAIN_MS);
    }
  }

  /** Returns the renewals so far. */
  List<Renewed> renewals() throws IOException {
    return hitless().stream().map(Renewed::in).flatMap(Optional::stream).toList();
  }

  /** Returns the first line that says this. */
  Optional<String> line(String text) throws IOException {
    return hitless().stream().filter(line -> line.contains(text)).findFirst();
  }

  /** Returns the lines of hitless. */
  List<String> hitless() throws IOException {
    return lines().stream().filter(line -> line.contains(" hitless ")).toList();
  }

  List<String> tail() throws IOException {
    List<String> lines = lines();
    return lines.subList(Math.max(0, lines.size() - 20), lines.size());
  }

  private List<String> lines() throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
  }
}
