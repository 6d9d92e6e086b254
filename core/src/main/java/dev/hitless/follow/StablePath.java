package dev.hitless.follow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leads back from a path whose symbolic links a server resolved before it opened the file to the
 * one that the next renewal will point elsewhere.
 *
 * <p>Two layouts are known. Kubernetes mounts {@code volume/tls.crt -> ..data/tls.crt} and {@code
 * ..data -> ..2024_05_01_10_00_00.1}, and replaces {@code ..data}. certbot keeps {@code
 * live/name/cert.pem -> ../../archive/name/cert3.pem}, and replaces that link. The resolved files
 * are never written again.
 */
final class StablePath {
  private static final Pattern NUMBERED = Pattern.compile("(\\D+)\\d+(\\.pem)");

  private StablePath() {}

  /** Returns the path to follow; the given one unless a known layout says otherwise. */
  static Path of(Path opened) {
    try {
      Path found = ofKubernetes(opened);
      return found == opened ? ofCertbot(opened) : found;
    } catch (IOException | SecurityException e) {
      return opened;
    }
  }

  private static Path ofKubernetes(Path opened) {
    for (int i = opened.getNameCount() - 2; i > 0; i--) {
      String name = opened.getName(i).toString();
      if (name.startsWith("..") && name.length() > 2) {
        Path volume = opened.getRoot().resolve(opened.subpath(0, i));
        Path link = volume.resolve(opened.subpath(i + 1, opened.getNameCount()));
        return Files.isSymbolicLink(volume.resolve("..data")) && Files.isRegularFile(link)
            ? link
            : opened;
      }
    }
    return opened;
  }

  private static Path ofCertbot(Path opened) throws IOException {
    int count = opened.getNameCount();
    if (count < 4 || !opened.getName(count - 3).toString().equals("archive")) {
      return opened;
    }
    Matcher name = NUMBERED.matcher(opened.getName(count - 1).toString());
    if (!name.matches()) {
      return opened;
    }
    Path root = opened.getRoot().resolve(opened.subpath(0, count - 3));
    Path lineage = opened.getName(count - 2);
    Path link = root.resolve("live").resolve(lineage).resolve(name.group(1) + name.group(2));
    Path archive = root.resolve("archive").resolve(lineage);
    return Files.isSymbolicLink(link) && link.toRealPath().startsWith(archive.toRealPath())
        ? link
        : opened;
  }
}
