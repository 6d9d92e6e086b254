package dev.hitless.renew.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Carries owner, group, extended attributes and mode from one file to another, the mode last: until
 * then the file stays private to its owner.
 */
final class Attributes {
  private final Path from;
  private final Path to;
  private final Consumer<String> notes;

  private Attributes(Path from, Path to, Consumer<String> notes) {
    this.from = from;
    this.to = to;
    this.notes = notes;
  }

  static void copy(Path from, Path to, Consumer<String> notes) throws IOException {
    Attributes copy = new Attributes(from, to, notes);
    copy.userDefined();
    PosixFileAttributeView source = posix(from);
    PosixFileAttributeView sink = posix(to);
    if (source == null || sink == null) {
      copy.acl();
      return;
    }
    copy.posix(source.readAttributes(), sink);
  }

  private void posix(PosixFileAttributes wanted, PosixFileAttributeView sink) throws IOException {
    PosixFileAttributes given = sink.readAttributes();
    // Owner and group first, by this process, while it still owns the file.
    boolean sameGroup = wanted.group().equals(given.group());
    if (!sameGroup) {
      try {
        sink.setGroup(wanted.group());
        sameGroup = true;
      } catch (IOException | SecurityException e) {
        note("the group " + wanted.group().getName(), e);
      }
    }
    if (!wanted.owner().equals(given.owner())) {
      try {
        sink.setOwner(wanted.owner());
      } catch (IOException | SecurityException e) {
        note("the owner " + wanted.owner().getName(), e);
      }
    }
    Set<PosixFilePermission> mode = EnumSet.noneOf(PosixFilePermission.class);
    mode.addAll(wanted.permissions());
    if (!sameGroup) {
      withoutStrangers(mode);
    }
    Acl.copy(from, to, mode);
    sink.setPermissions(mode);
  }

  /** What the group may do is for that group, not for the one that the file now has. */
  private static void withoutStrangers(Set<PosixFilePermission> mode) {
    if (!mode.contains(PosixFilePermission.OTHERS_READ)) {
      mode.remove(PosixFilePermission.GROUP_READ);
    }
    if (!mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      mode.remove(PosixFilePermission.GROUP_WRITE);
    }
    if (!mode.contains(PosixFilePermission.OTHERS_EXECUTE)) {
      mode.remove(PosixFilePermission.GROUP_EXECUTE);
    }
  }

  private void userDefined() {
    UserDefinedFileAttributeView source = user(from);
    UserDefinedFileAttributeView sink = user(to);
    if (source == null || sink == null) {
      return;
    }
    try {
      for (String name : source.list()) {
        ByteBuffer value = ByteBuffer.allocate(source.size(name));
        source.read(name, value);
        value.flip();
        sink.write(name, value);
      }
    } catch (IOException | RuntimeException e) {
      note("the extended attributes", e);
    }
  }

  private void acl() {
    AclFileAttributeView source = acl(from);
    AclFileAttributeView sink = acl(to);
    if (source == null || sink == null) {
      return;
    }
    try {
      sink.setAcl(source.getAcl());
    } catch (IOException | RuntimeException e) {
      note("the access list", e);
    }
  }

  private void note(String what, Exception cause) {
    notes.accept(
        "a new file in place of "
            + from
            + " could not be given "
            + what
            + ": "
            + cause
            + "; it is readable by no more than before. Run the process as a user who may give it,"
            + " or give it by hand.");
  }

  private static @org.jspecify.annotations.Nullable PosixFileAttributeView posix(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static @org.jspecify.annotations.Nullable UserDefinedFileAttributeView user(Path file) {
    return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
  }

  private static @org.jspecify.annotations.Nullable AclFileAttributeView acl(Path file) {
    return Files.getFileAttributeView(file, AclFileAttributeView.class);
  }
}
