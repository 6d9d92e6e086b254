package dev.hitless.follow;

import java.nio.file.FileSystems;
import java.time.Duration;

/** The two ways in which a change comes to be noticed; each test forbids the other. */
enum Noticing {
  EVENTS {
    @Override
    Duration poll() {
      return Duration.ofDays(1);
    }

    @Override
    DirectoryWatch.Source source() {
      return () -> FileSystems.getDefault().newWatchService();
    }
  },
  POLLING {
    @Override
    Duration poll() {
      return Duration.ofMillis(5);
    }

    @Override
    DirectoryWatch.Source source() {
      return () -> {
        throw new UnsupportedOperationException("a file system without events");
      };
    }
  };

  abstract Duration poll();

  abstract DirectoryWatch.Source source();
}
