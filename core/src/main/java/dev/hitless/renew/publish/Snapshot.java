package dev.hitless.renew.publish;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.renew.publish.PublicationException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of a target, read at one moment. Immutable, if nobody writes into its arrays. */
final class Snapshot {
  final Target target;
  final Places places;
  final List<byte[]> contents;

  private Snapshot(Target target, Places places, List<byte[]> contents) {
    this.target = target;
    this.places = places;
    this.contents = contents;
  }

  static Snapshot read(Disk disk, Target target, Places places) throws PublicationException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : places.files()) {
      try {
        contents.add(disk.read(file));
      } catch (IOException e) {
        throw new PublicationException(
            Reason.FAILED, file + " cannot be read: " + e + ". Nothing was changed.", e);
      }
    }
    return new Snapshot(target, places, contents);
  }

  /** Returns the identity that the target means; null if the files do not hold it. */
  static @Nullable Identity identity(Target target, List<byte[]> contents)
      throws MaterialException {
    return target.location().parse(contents).get(target.alias());
  }

  /** Returns whether the files hold an identity under the target's alias. */
  boolean holds(Fingerprint fingerprint) {
    try {
      Identity found = identity(target, contents);
      return found != null && found.fingerprint().equals(fingerprint);
    } catch (MaterialException e) {
      return false;
    }
  }

  /** Says what the files hold, for a message. */
  String held() {
    try {
      Map<String, Identity> found = target.location().parse(contents);
      return "hold " + found;
    } catch (MaterialException e) {
      return "cannot be used: " + e.getMessage();
    }
  }

  /** Returns whether the files still hold the very same bytes. */
  boolean isUnchanged(Disk disk) throws IOException {
    for (int i = 0; i < contents.size(); i++) {
      if (!Arrays.equals(contents.get(i), disk.read(places.files().get(i)))) {
        return false;
      }
    }
    return true;
  }
}
