package dev.hitless.renew.publish;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Access control lists of Linux, which Java cannot see: where a file has one, the group's bits of
 * its mode are a mask, and a copy of the mode alone would let the wrong people read.
 *
 * <p>Asks {@code ls}, and carries the list over with {@code getfacl} and {@code setfacl}; only for
 * files whose group may do more than everybody.
 */
final class Acl {
  private static final long SECONDS = 10;

  /** Where {@code ls -ld} puts a plus sign if there is a list. */
  private static final int SIGN = 10;

  private Acl() {}

  static String unportable(Path file) {
    return mayMask(file) && has(file) && (tool("getfacl") == null || tool("setfacl") == null)
        ? "it has an access control list, which cannot be carried over to a new file without the"
            + " commands getfacl and setfacl; install them (package acl), or remove the list"
        : "";
  }

  /** Carries the list of one file over to another, or takes away what that one has inherited. */
  static void copy(Path from, Path to, Set<PosixFilePermission> mode) throws IOException {
    if (!isMask(mode)) {
      return;
    }
    String setfacl = tool("setfacl");
    String getfacl = tool("getfacl");
    if (has(from)) {
      if (setfacl == null || getfacl == null) {
        throw new IOException(from + ": " + unportable(from));
      }
      String list = run("", getfacl, "--absolute-names", "--omit-header", "--", from.toString());
      run(list, setfacl, "--set-file=-", "--", to.toString());
    } else if (has(to)) {
      if (setfacl == null) {
        mode.remove(PosixFilePermission.GROUP_READ);
        mode.remove(PosixFilePermission.GROUP_WRITE);
        mode.remove(PosixFilePermission.GROUP_EXECUTE);
        return;
      }
      run("", setfacl, "--remove-all", "--", to.toString());
    }
  }

  /** Whether the group may do what not everybody may: only then does a list narrow or widen. */
  private static boolean isMask(Set<PosixFilePermission> mode) {
    return File.separatorChar == '/'
        && ((mode.contains(PosixFilePermission.GROUP_READ)
                && !mode.contains(PosixFilePermission.OTHERS_READ))
            || (mode.contains(PosixFilePermission.GROUP_WRITE)
                && !mode.contains(PosixFilePermission.OTHERS_WRITE)));
  }

  private static boolean mayMask(Path file) {
    try {
      return isMask(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static boolean has(Path file) {
    String ls = tool("ls");
    if (ls == null) {
      return false;
    }
    try {
      String line = run("", ls, "-ld", "--", file.toString());
      return line.length() > SIGN && line.charAt(SIGN) == '+';
    } catch (IOException e) {
      // No such tool as on Linux: no such lists either.
      return false;
    }
  }

  private static @Nullable String tool(String name) {
    for (String folder : new String[] {"/usr/bin/", "/bin/"}) {
      if (new File(folder + name).canExecute()) {
        return folder + name;
      }
    }
    return null;
  }

  private static String run(String input, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      process.getOutputStream().write(input.getBytes(StandardCharsets.ISO_8859_1));
      process.getOutputStream().close();
      StringBuilder output = new StringBuilder();
      InputStream in = process.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        output.append((char) next);
      }
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(Arrays.asList(command) + " failed: " + output);
      }
      return output.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while " + command[0] + " ran");
    } finally {
      process.destroy();
    }
  }
}
