package dev.hitless.it.renew;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system of its own, of a few pages, in memory. */
final class SmallDisk implements AutoCloseable {
  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /** Mounts one; empty where this process may not, as in most containers. */
  static Optional<SmallDisk> mount(Path parent, String name)
      throws IOException, InterruptedException {
    Path directory = Files.createDirectory(parent.resolve(name));
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", directory.toString());
    return mounted ? Optional.of(new SmallDisk(directory)) : Optional.empty();
  }

  Path directory() {
    return directory;
  }

  /** Lets nobody write to it, or everybody again. */
  void setReadOnly(boolean readOnly) throws IOException, InterruptedException {
    if (!run("mount", "-o", readOnly ? "remount,ro" : "remount,rw", directory.toString())) {
      throw new IOException(directory + " cannot be mounted in another way");
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (!run("umount", directory.toString())) {
      throw new IOException(directory + " stays mounted");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // There is no such command.
    }
  }
}
