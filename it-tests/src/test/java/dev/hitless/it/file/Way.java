package dev.hitless.it.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One way of replacing the files that a server reads its certificates from. */
public enum Way {
  /**
   * What certbot's deploy hooks and most careful scripts do; a key follows its certificate after a
   * moment.
   */
  RENAME("temp and rename") {
    @Override
    public void replace(Path folder, Map<String, byte[]> files)
        throws IOException, InterruptedException {
      boolean first = true;
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path temp = folder.resolve(file.getKey() + ".tmp");
        Files.write(temp, file.getValue());
        Thread.sleep(first ? 0 : MOMENT_MS);
        Links.moveOver(temp, folder.resolve(file.getKey()));
        first = false;
      }
    }
  },
  /** {@code cp new.p12 server.p12}, slowly: readers see an empty, then a half-written file. */
  IN_PLACE("rewrite in pieces") {
    @Override
    public void replace(Path folder, Map<String, byte[]> files)
        throws IOException, InterruptedException {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        byte[] content = file.getValue();
        int half = content.length / 2;
        try (var out = Files.newOutputStream(folder.resolve(file.getKey()))) {
          out.write(content, 0, half);
          out.flush();
          Thread.sleep(MOMENT_MS);
          out.write(content, half, content.length - half);
        }
      }
    }
  },
  /** certbot's {@code live/} folder: each file is a link into a folder of versions. */
  SYMLINK("symlink swap") {
    @Override
    public void layOut(Path folder, Map<String, byte[]> files) throws IOException {
      replace(folder, files);
    }

    @Override
    public void replace(Path folder, Map<String, byte[]> files) throws IOException {
      Path version = Links.newVersion(folder, files);
      for (String name : files.keySet()) {
        Links.pointTo(folder.resolve(name), folder.relativize(version.resolve(name)));
      }
    }
  },
  /** The files are gone for a moment, as when a tool removes what it will not overwrite. */
  RECREATE("delete and re-create") {
    @Override
    public void replace(Path folder, Map<String, byte[]> files)
        throws IOException, InterruptedException {
      for (String name : files.keySet()) {
        Files.delete(folder.resolve(name));
      }
      Thread.sleep(MOMENT_MS);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    }
  },
  /** A Kubernetes secret volume: files link through {@code ..data}, which is swapped as a whole. */
  KUBERNETES("..data swap") {
    @Override
    public void layOut(Path folder, Map<String, byte[]> files) throws IOException {
      replace(folder, files);
      for (String name : files.keySet()) {
        Links.pointTo(folder.resolve(name), Path.of("..data", name));
      }
    }

    @Override
    public void replace(Path folder, Map<String, byte[]> files) throws IOException {
      Path data = folder.resolve("..data");
      Path before = Files.exists(data) ? data.toRealPath() : null;
      Links.pointTo(data, Links.newVersion(folder, files).getFileName());
      if (before != null) {
        Links.delete(before);
      }
    }
  };

  /** Long enough for a watcher to look in between, short enough not to slow the tests. */
  private static final long MOMENT_MS = 40;

  private final String title;

  Way(String title) {
    this.title = title;
  }

  /** Writes the first generation so that {@link #replace} finds what it expects. */
  public void layOut(Path folder, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /** Replaces the files in the order given; returns when the last byte is written. */
  public abstract void replace(Path folder, Map<String, byte[]> files)
      throws IOException, InterruptedException;

  @Override
  public String toString() {
    return title;
  }
}
