package dev.hitless.renew;

import dev.hitless.material.Fingerprint;
import dev.hitless.renew.publish.Target;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history of one identity in the hidden folder beside its files.
 *
 * <p>It is a convenience and never a condition: a file that is missing or damaged reads as no
 * history, and one that cannot be written is done without. Written as a whole or not at all, by
 * whoever holds the lock of the files. Thread-safe.
 */
final class HistoryFile {
  private static final String FOLDER = ".hitless";
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_REASON = 1000;

  private final Path file;

  /**
   * Creates a handle; nothing is read.
   *
   * @param home the directory whose lock guards the files
   */
  HistoryFile(Path home, Target target) {
    Path first = target.location().files().get(0);
    String which =
        Fingerprint.ofBytes(
                (target.location().files() + "\n" + target.alias())
                    .getBytes(StandardCharsets.UTF_8))
            .hex()
            .substring(0, 12);
    this.file = home.resolve(FOLDER).resolve("history-" + first.getFileName() + "-" + which);
  }

  /** Returns where it is kept. */
  Path file() {
    return file;
  }

  /** Returns what was kept; none if that cannot be read. */
  History load() {
    try {
      if (Files.size(file) > MOST_BYTES) {
        return History.none();
      }
      Properties values = new Properties();
      values.load(new ByteArrayInputStream(Files.readAllBytes(file)));
      return new History(
          fingerprint(values.getProperty("renewed")),
          instant(values.getProperty("issued")),
          values.getProperty("issuer"),
          fingerprint(values.getProperty("coming")),
          instant(values.getProperty("comingIssued")),
          fingerprint(values.getProperty("failing")),
          Math.max(0, Integer.parseInt(values.getProperty("failures", "0"))),
          instant(values.getProperty("failedAt")),
          values.getProperty("failure"));
    } catch (IOException | IllegalArgumentException | DateTimeException | SecurityException e) {
      return History.none();
    }
  }

  /**
   * Keeps a history. The folder has to be there.
   *
   * @return whether it is kept; it is not if the disk refuses, which a renewal does not fail for
   */
  boolean save(History history) {
    Properties values = new Properties();
    put(values, "renewed", history.renewed());
    put(values, "issued", history.issued());
    put(values, "issuer", history.issuer());
    put(values, "coming", history.coming());
    put(values, "comingIssued", history.comingIssued());
    put(values, "failing", history.failing());
    put(values, "failures", history.failures());
    put(values, "failedAt", history.failedAt());
    String failure = history.failure();
    put(
        values,
        "failure",
        failure == null || failure.length() <= MOST_REASON
            ? failure
            : failure.substring(0, MOST_REASON));
    Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    try {
      StringWriter text = new StringWriter();
      values.store(text, null);
      Files.write(temporary, text.toString().getBytes(StandardCharsets.ISO_8859_1));
      move(temporary);
      return true;
    } catch (IOException | RuntimeException e) {
      delete(temporary);
      return false;
    }
  }

  private void move(Path temporary) throws IOException {
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void delete(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException | RuntimeException left) {
      // A few hundred bytes in a hidden folder; nothing reads them.
      return;
    }
  }

  private static void put(Properties values, String name, @Nullable Object value) {
    if (value != null) {
      values.setProperty(name, value.toString());
    }
  }

  private static @Nullable Fingerprint fingerprint(@Nullable String text) {
    return text == null ? null : Fingerprint.parse(text);
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }
}
