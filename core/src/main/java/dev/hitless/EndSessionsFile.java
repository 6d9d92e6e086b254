package dev.hitless;

import dev.hitless.follow.FollowLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/**
 * A file by which a person or a script ends all sessions: whenever it appears, is written or
 * touched. It need not exist, and what it holds is not read.
 *
 * <p>Owned by the hitless thread, which looks at it as often as it polls.
 */
final class EndSessionsFile implements Runnable {
  private static final String NONE = "";

  private final Path file;
  private final Sessions sessions;
  private final FollowLoop loop;
  private final Duration poll;
  private String last;

  EndSessionsFile(Path file, Sessions sessions, FollowLoop loop, Duration poll) {
    this.file = file;
    this.sessions = sessions;
    this.loop = loop;
    this.poll = poll;
    this.last = state();
  }

  @Override
  public void run() {
    String now = state();
    if (!now.equals(last)) {
      last = now;
      if (!now.equals(NONE)) {
        sessions.endAll(file + " was written or touched");
      }
    }
    loop.later(this, poll);
  }

  private String state() {
    try {
      BasicFileAttributes is =
          Files.readAttributes(file, BasicFileAttributes.class, new LinkOption[0]);
      return is.lastModifiedTime() + " " + is.size() + " " + is.fileKey();
    } catch (IOException e) {
      return NONE; // not there, or not to be seen; the next look may find it
    }
  }
}
