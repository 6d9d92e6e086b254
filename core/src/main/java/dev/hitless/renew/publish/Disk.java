package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The operations that a publication makes on a file system, one system call or few each, so that a
 * test can fail, or end the process, before and after every one of them.
 *
 * <p>Implementations are thread-safe. No operation but {@link #realPath}, {@link #read} and {@link
 * #stamp} follows a symbolic link at the last component of a path.
 */
public interface Disk {
  /** What a path leads to. */
  enum Kind {
    /** A regular file. */
    FILE,
    /** A directory. */
    DIRECTORY,
    /** A symbolic link, to whatever. */
    LINK,
    /** A device, a pipe, a socket. */
    OTHER,
    /** Nothing, or nothing that this process may see. */
    MISSING
  }

  /** Returns what a path leads to, without following a link at its end; never fails. */
  Kind kind(Path path);

  /**
   * Reads a regular file of at most 4 MiB as a whole.
   *
   * @throws java.nio.file.NoSuchFileException if it does not exist
   */
  byte[] read(Path file) throws IOException;

  /**
   * Returns what tells whether a file has changed since.
   *
   * @throws java.nio.file.NoSuchFileException if it does not exist
   */
  FileStamp stamp(Path file) throws IOException;

  /** Returns the names in a directory, in no order; empty if there is no such directory. */
  List<String> list(Path directory) throws IOException;

  /** Returns the path with every symbolic link resolved. */
  Path realPath(Path path) throws IOException;

  /** Returns whether this process may create and rename files in a directory. */
  boolean isWritable(Path directory);

  /** Returns whether a file is mounted by itself, so that no rename can replace it. */
  boolean isMountPoint(Path file);

  /**
   * Says why a file's access rights cannot be carried over to another.
   *
   * @return empty if they can
   */
  String unportable(Path file);

  /** Creates a directory that only its owner may enter; nothing happens if it exists. */
  void createDirectory(Path directory) throws IOException;

  /**
   * Creates a file with content, readable by its owner alone from its first instant.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the path exists, as whatever
   */
  void create(Path file, byte[] content) throws IOException;

  /**
   * Gives a file the owner, the group, the extended attributes and, last, the mode of another; what
   * this process may not give is told to {@code notes}, and takes access away rather than widen it.
   */
  void copyAttributes(Path from, Path to, Consumer<String> notes) throws IOException;

  /** Returns once a file's content and attributes would survive a power cut. */
  void force(Path file) throws IOException;

  /** Returns once the names in a directory would survive a power cut. */
  void forceDirectory(Path directory) throws IOException;

  /** Renames atomically, replacing what may be at {@code to}. */
  void rename(Path from, Path to) throws IOException;

  /** Deletes a file, or a directory that is empty; nothing happens if it does not exist. */
  void delete(Path path) throws IOException;
}
