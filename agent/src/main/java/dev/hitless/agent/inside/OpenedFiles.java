package dev.hitless.agent.inside;

import dev.hitless.follow.Hints;
import java.io.File;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads the bridge's ring of opened files: latest first, each path once. Thread-safe. */
final class OpenedFiles implements IntFunction<List<Hints.OpenedFile>> {
  private final AtomicReferenceArray<?> opened;
  private final AtomicInteger next;

  /** Takes what {@code HitlessBridge.connect} returned. */
  OpenedFiles(Object[] ring) {
    opened = (AtomicReferenceArray<?>) ring[0];
    next = (AtomicInteger) ring[1];
  }

  @Override
  public List<Hints.OpenedFile> apply(int most) {
    Map<Path, Hints.OpenedFile> files = new LinkedHashMap<>();
    int last = next.get() - 1;
    for (int i = 0; i < opened.length() && files.size() < most; i++) {
      int index = (last - i) & (opened.length() - 1);
      Object[] entry = (Object[]) opened.get(index);
      Path path = entry == null ? null : path(entry[0]);
      if (entry != null && path != null && !files.containsKey(path)) {
        files.put(path, new Hints.OpenedFile(path, (Long) entry[1]));
      }
    }
    return new ArrayList<>(files.values());
  }

  /** Returns a path of the default file system as a file; null for anything else. */
  static @Nullable File file(Object opened) {
    return opened instanceof Path
            && ((Path) opened).getFileSystem() == java.nio.file.FileSystems.getDefault()
        ? ((Path) opened).toFile()
        : null;
  }

  private static @Nullable Path path(@Nullable Object file) {
    try {
      if (file instanceof File) {
        return Paths.get(((File) file).getPath()).toAbsolutePath();
      }
      if (file instanceof Path
          && ((Path) file).getFileSystem() == java.nio.file.FileSystems.getDefault()) {
        return ((Path) file).toAbsolutePath();
      }
      return null;
    } catch (IllegalArgumentException e) {
      return null; // An invalid path; its own exception would be loaded by premain already.
    }
  }
}
