package dev.hitless.renew.publish;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The file system of this machine. Thread-safe. */
public final class RealDisk implements Disk {
  /** Far above any keystore that a server has. */
  private static final int LIMIT = 4 << 20;

  private final MountPoints mounts = new MountPoints();

  @Override
  public Kind kind(Path path) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isSymbolicLink()) {
        return Kind.LINK;
      }
      return found.isRegularFile() ? Kind.FILE : found.isDirectory() ? Kind.DIRECTORY : Kind.OTHER;
    } catch (IOException | SecurityException e) {
      return Kind.MISSING;
    }
  }

  @Override
  public byte[] read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      // Opening a named pipe would block for ever.
      if (Files.exists(file)) {
        throw new FileSystemException(file.toString(), null, "is not a regular file");
      }
      throw new NoSuchFileException(file.toString());
    }
    try (InputStream in = Files.newInputStream(file)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (bytes.size() + count > LIMIT) {
          throw new FileSystemException(file.toString(), null, "is larger than 4 MiB");
        }
        bytes.write(buffer, 0, count);
      }
      return bytes.toByteArray();
    }
  }

  @Override
  public FileStamp stamp(Path file) throws IOException {
    return FileStamp.of(file);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    // A stream of paths takes longer, but tells why it failed.
    String[] all = Files.isSymbolicLink(directory) ? null : directory.toFile().list();
    if (all != null) {
      return Arrays.asList(all);
    }
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return names;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (NoSuchFileException e) {
      // Somebody else has just finished with it.
      return new ArrayList<>();
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public Path realPath(Path path) throws IOException {
    return path.toRealPath();
  }

  @Override
  public boolean isWritable(Path directory) {
    return Files.isWritable(directory) && Files.isExecutable(directory);
  }

  @Override
  public boolean isMountPoint(Path file) {
    return mounts.contains(file);
  }

  @Override
  public String unportable(Path file) {
    return Acl.unportable(file);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, only("rwx------", directory));
    } catch (FileAlreadyExistsException e) {
      if (kind(directory) != Kind.DIRECTORY) {
        throw e;
      }
    }
  }

  @Override
  public void create(Path file, byte[] content) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, options, only("rw-------", file))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  @Override
  public void copyAttributes(Path from, Path to, Consumer<String> notes) throws IOException {
    Attributes.copy(from, to, notes);
  }

  @Override
  public void force(Path file) throws IOException {
    // Windows flushes what is open for writing alone; elsewhere a file may be read-only by now.
    StandardOpenOption option =
        File.separatorChar == '\\' ? StandardOpenOption.WRITE : StandardOpenOption.READ;
    try (FileChannel channel = FileChannel.open(file, option, LinkOption.NOFOLLOW_LINKS)) {
      channel.force(true);
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    if (File.separatorChar == '\\') {
      // Windows opens no directory, and keeps renames in its own journal.
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  private static FileAttribute<?>[] only(String mode, Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }
}
