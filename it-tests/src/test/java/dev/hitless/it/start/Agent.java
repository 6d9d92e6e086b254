package dev.hitless.it.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The built jar, and how to start with it. */
public final class Agent {
  private Agent() {}

  public static Path jar() throws IOException {
    return Path.of(System.getProperty("hitless.it.jar", "../agent/target/hitless-agent.jar"))
        .toRealPath();
  }

  /** The one flag, with the jar where it was built. */
  public static String flag() throws IOException {
    return flag(jar());
  }

  static String flag(Path jar) {
    return "-javaagent:" + jar;
  }

  /** The flag with arguments for the agent. */
  public static String flag(String arguments) throws IOException {
    return flag() + "=" + arguments;
  }

  /** Copies the jar but for the entries that are lost in this copy. */
  static Path without(Predicate<String> lost, Path copy) throws IOException {
    try (ZipFile jar = new ZipFile(jar().toFile());
        OutputStream file = Files.newOutputStream(copy);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (!lost.test(entry.getName())) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(out);
          }
        }
      }
    }
    return copy;
  }
}
