package dev.hitless.renew.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.UUID;

/**
 * Who holds a lock, in one word: host, process, the place that its process number belongs to, and
 * something random. Where the place is this process's own, the holder's death can be seen at once.
 */
final class Owner {
  private static final String SEPARATOR = ",";
  private static final int PROCESS = 1;
  private static final int PLACE = 2;

  private Owner() {}

  /** Returns a new owner, this process. */
  static String create() {
    return String.join(
        SEPARATOR, host(), pid() + "@" + startOf("self"), place(), UUID.randomUUID().toString());
  }

  /** Returns the owner that a lock file names; empty if it names none yet. */
  static String of(String content) {
    int end = content.indexOf(' ');
    return end < 0 ? "" : content.substring(0, end);
  }

  /** Returns what tells an owner from all others, fit for a file's name; empty if there is none. */
  static String id(String owner) {
    return owner.substring(owner.lastIndexOf(SEPARATOR) + 1).replaceAll("[^0-9a-f-]", "");
  }

  /** Returns whether an owner is a process of this very machine and container that has ended. */
  static boolean isDead(String owner) {
    String[] parts = owner.split(SEPARATOR, -1);
    String place = place();
    if (parts.length != 4 || place.isEmpty() || !parts[PLACE].equals(place)) {
      return false;
    }
    String[] process = parts[PROCESS].split("@", 2);
    return process.length == 2
        && process[0].matches("[0-9]+")
        && !startOf(process[0]).equals(process[1]);
  }

  /** The running kernel and the namespace of its process numbers; empty where not known. */
  private static String place() {
    try {
      String boot = text(Paths.get("/proc/sys/kernel/random/boot_id")).trim();
      Path namespace = Files.readSymbolicLink(Paths.get("/proc/self/ns/pid"));
      return boot + "/" + namespace.toString().replaceAll("[^0-9]", "");
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }

  /**
   * When a process started, in the kernel's ticks since boot; empty if there is no such process.
   */
  private static String startOf(String pid) {
    try {
      String stat = text(Paths.get("/proc", pid, "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
      // A process that waits for its parent to ask after it has ended.
      return fields[0].equals("Z") || fields[0].equals("X") ? "" : fields[19];
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }

  /** Not from JMX: a server may have yet to install its own. */
  private static String pid() {
    try {
      return Files.readSymbolicLink(Paths.get("/proc/self")).toString();
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
