package dev.hitless.renew.publish;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Brings interrupted publications to their end, so that each pair is whole again, in one of its two
 * versions: on start, before a renewal, and when a reader meets a mismatched pair.
 *
 * <p>It needs no password: what a decided publication wants is written beside the files, with their
 * SHA-256. It may run in several processes at once, may be killed itself, and does no harm to a
 * publication that is on its way in a living process, which it helps along. Thread-safe.
 */
public final class Repair {
  private final Disk disk;
  private final Transactions transactions;

  /**
   * Creates one; nothing is touched.
   *
   * @param notes told what was done, for the log; called on the thread that repairs
   */
  public Repair(Disk disk, Consumer<String> notes) {
    this.disk = disk;
    this.transactions = new Transactions(disk, notes);
  }

  /**
   * Returns whether a directory has a publication that may have been interrupted: one failing
   * system call where hitless never wrote, one listing of a few names where it did.
   *
   * <p>Uses {@code java.io.File} alone, so that it may be asked when a server is about to open a
   * file. True does not mean that a file is broken now.
   */
  public static boolean isNeeded(File directory) {
    String[] names = new File(directory, Folder.NAME).list();
    if (names != null) {
      for (String name : names) {
        if (name.startsWith(Folder.JOURNAL)) {
          return true;
        }
      }
    }
    return false;
  }

  /** As {@link #isNeeded(File)}. */
  public boolean isNeeded(Path directory) {
    return isNeeded(directory.toFile());
  }

  /**
   * Repairs a directory.
   *
   * @param directory where the files lie; may be reached through symbolic links
   * @return whether there was anything to bring to its end
   * @throws IOException if the disk fails, with what to do; nothing is lost, and a later call goes
   *     on from there
   */
  public boolean repair(Path directory) throws IOException {
    try {
      Path real = disk.realPath(directory);
      return disk.kind(real.resolve(Folder.NAME)) == Disk.Kind.DIRECTORY
          && transactions.completeAll(real, new Folder(disk, real).names());
    } catch (AccessDeniedException e) {
      throw new IOException(
          e.getFile()
              + " may not be entered by this process, so it cannot be told whether a renewal was"
              + " interrupted there; give it to the user that the server runs as. Nothing was"
              + " changed.",
          e);
    } catch (IOException e) {
      throw new IOException(
          "an interrupted renewal in "
              + directory
              + " cannot be brought to its end now: "
              + e
              + ". Both versions are kept in "
              + directory.resolve(Folder.NAME)
              + "; it is tried again.",
          e);
    }
  }
}
