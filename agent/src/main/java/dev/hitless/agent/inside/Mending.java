package dev.hitless.agent.inside;

import dev.hitless.renew.publish.RealDisk;
import dev.hitless.renew.publish.Repair;
import java.io.File;
import java.io.IOException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Completes what a renewal left half-written, when its process was killed, before the application
 * reads it: a server that starts with one file of either generation does not start.
 *
 * <p>Looks once at each directory from which the application opens a file: one failing system call,
 * as long as hitless never renewed there. Thread-safe; a thread waits only where another one
 * repairs.
 */
final class Mending implements Consumer<Object> {
  /** Directories to remember; an application that reads from more is no server at its start. */
  private static final int MOST = 4096;

  private final Set<File> whole = ConcurrentHashMap.newKeySet();
  private final Dispatcher dispatcher;

  /**
   * Creates one.
   *
   * @param dispatcher has told what was done
   */
  Mending(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** The application is about to open a {@code java.io.File} or a {@code java.nio.file.Path}. */
  @Override
  public void accept(Object opened) {
    File file = opened instanceof File ? (File) opened : OpenedFiles.file(opened);
    if (file == null || Thread.holdsLock(this)) {
      return; // The repair itself opens files.
    }
    File parent = file.getParentFile();
    File directory = parent == null ? new File(".") : parent;
    if (whole.contains(directory) || whole.size() >= MOST) {
      return;
    }
    AccessController.doPrivileged(new Look(directory));
    whole.add(directory);
  }

  /** With our own permissions. A class and no lambda: a program that starts may use none itself. */
  private final class Look implements PrivilegedAction<Boolean> {
    private final File directory;

    Look(File directory) {
      this.directory = directory;
    }

    @Override
    public Boolean run() {
      return Repair.isNeeded(directory) && repaired(directory);
    }
  }

  private synchronized boolean repaired(File directory) {
    try {
      return new Repair(new RealDisk(), dispatcher::tell).repair(directory.toPath());
    } catch (IOException e) {
      dispatcher.tell(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
