package dev.hitless.renew.publish;

import dev.hitless.material.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says of the files in one directory: which are replaced, by what, and which other
 * directories take part. A line each, closed by the SHA-256 of all lines before.
 *
 * <p>Names of files have no separator: a manifest can move nothing out of its own directory. Other
 * directories are believed only if they hold a manifest of the same id. Immutable.
 */
final class Manifest {
  private static final String FIRST = "hitless-journal 1";
  private static final int MOST_LINES = 100;

  /** A file that is replaced. */
  static final class Entry {
    final String name;
    final Fingerprint before;
    final Fingerprint after;

    Entry(String name, Fingerprint before, Fingerprint after) {
      this.name = name;
      this.before = before;
      this.after = after;
    }
  }

  final String id;

  /** The directory whose journal decides, relative to this one; empty if it is this one. */
  final String home;

  /** The other directories, relative to this one; of a home only. */
  final List<String> others;

  final List<Entry> entries;

  Manifest(String id, String home, List<String> others, List<Entry> entries) {
    this.id = id;
    this.home = home;
    this.others = Collections.unmodifiableList(new ArrayList<>(others));
    this.entries = Collections.unmodifiableList(new ArrayList<>(entries));
  }

  byte[] encode() {
    StringBuilder text = new StringBuilder(FIRST).append('\n');
    text.append("id ").append(id).append('\n');
    text.append("home ").append(encode(home)).append('\n');
    for (String other : others) {
      text.append("other ").append(encode(other)).append('\n');
    }
    for (Entry entry : entries) {
      text.append("file ").append(entry.before).append(' ').append(entry.after);
      text.append(' ').append(encode(entry.name)).append('\n');
    }
    Fingerprint sum = Fingerprint.ofBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    return text.append("sum ").append(sum).append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns what the bytes say; null if they are damaged in whatever way. */
  static @Nullable Manifest decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.lastIndexOf("sum ");
    if (end < 0) {
      return null;
    }
    String body = text.substring(0, end);
    Fingerprint sum = Fingerprint.ofBytes(body.getBytes(StandardCharsets.UTF_8));
    String[] lines = body.split("\n", MOST_LINES);
    if (!text.substring(end).equals("sum " + sum + "\n")
        || lines.length == MOST_LINES
        || !lines[0].equals(FIRST)) {
      return null;
    }
    try {
      return decode(lines);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static @Nullable Manifest decode(String[] lines) {
    String id = "";
    String home = "";
    List<String> others = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      String[] words = lines[i].split(" ", -1);
      switch (words[0]) {
        case "id":
          id = Ids.checked(words[1]);
          break;
        case "home":
          home = decode(words[1]);
          break;
        case "other":
          others.add(decode(words[1]));
          break;
        case "file":
          String name = decode(words[3]);
          if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            return null;
          }
          entries.add(new Entry(name, Fingerprint.parse(words[1]), Fingerprint.parse(words[2])));
          break;
        default:
          // Of a later version, or the empty end.
          break;
      }
    }
    return id.isEmpty() ? null : new Manifest(id, home, others, entries);
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    if (decoded.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no name of a file");
    }
    return decoded;
  }
}
