package dev.hitless;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a file, as Tomcat's configuration names it, whether hitless refuses now what it holds
 * and serves what it held before. Owned by the hitless thread.
 */
final class RefusedFiles implements Predicate<String> {
  private final Binder identities;
  private final TrustBinder trusts;

  RefusedFiles(Binder identities, TrustBinder trusts) {
    this.identities = identities;
    this.trusts = trusts;
  }

  @Override
  public boolean test(String name) {
    List<Path> refused = refused();
    Path file = refused.isEmpty() ? null : path(name);
    return file != null && refused.stream().anyMatch(each -> real(each).equals(file));
  }

  private List<Path> refused() {
    List<Path> files = new ArrayList<>();
    for (FollowedOrigin each : identities.origins()) {
      if (each.summary().refusal() != null) {
        files.addAll(each.origin().files());
      }
    }
    for (FollowedTrust each : trusts.origins()) {
      if (each.summary().refusal() != null) {
        files.addAll(each.origin().files());
      }
    }
    return files;
  }

  /** As Tomcat finds it: by an address, or relative to its base. */
  private static @Nullable Path path(String name) {
    try {
      Path base = Paths.get(System.getProperty("catalina.base", ""));
      return real(name.startsWith("file:") ? Paths.get(URI.create(name)) : base.resolve(name));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return null; // not a file
    }
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
