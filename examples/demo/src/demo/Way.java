package demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How people and their scripts replace a keystore. */
enum Way {
  /** {@code cp new.p12 server.p12.tmp && mv server.p12.tmp server.p12}. */
  RENAME("temp and rename") {
    @Override
    void replace(Path file, byte[] content) throws IOException {
      Path temp = file.resolveSibling(file.getFileName() + ".tmp");
      Files.write(temp, content);
      Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
    }
  },
  /** {@code cp new.p12 server.p12}, slowly: for a moment the file is empty, then half there. */
  IN_PLACE("rewrite in place") {
    @Override
    void replace(Path file, byte[] content) throws IOException, InterruptedException {
      int half = content.length / 2;
      try (OutputStream out = Files.newOutputStream(file)) {
        Thread.sleep(20);
        out.write(content, 0, half);
        Thread.sleep(20);
        out.write(content, half, content.length - half);
      }
    }
  };

  final String title;

  Way(String title) {
    this.title = title;
  }

  /** Returns when the last byte is where the server finds it. */
  abstract void replace(Path file, byte[] content) throws IOException, InterruptedException;
}
