package dev.hitless.renew.publish;

import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.material.MaterialWriter;
import dev.hitless.renew.publish.PublicationException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts a new identity in the place of another one, in the files' own format, so that at no instant
 * no usable one is there; how, the package's documentation says.
 *
 * <p>Who publishes holds the {@link RenewalLock} of {@link #home}, and has read the files again
 * after acquiring it. Used by one thread at a time.
 */
public final class Publisher {
  private final Disk disk;
  private final Former former;
  private final Consumer<String> notes;
  private final Ids ids;
  private final SecureRandom random;
  private final Transactions transactions;
  private final Writable writable = new Writable();

  /**
   * Creates a publisher; nothing is touched.
   *
   * @param keep how many former versions of each file to keep, from 0 on
   * @param notes told what does not stop a publication but should be known, for the log; called on
   *     the thread that publishes
   * @param clock names publications, so that former ones sort by their time
   */
  public Publisher(Disk disk, int keep, Consumer<String> notes, Clock clock) {
    this.disk = disk;
    this.notes = notes;
    this.random = new SecureRandom();
    this.ids = new Ids(clock, random);
    this.transactions = new Transactions(disk, notes);
    this.former = new Former(disk, transactions, keep);
  }

  /**
   * Returns the directory whose lock guards a target: the same for whoever names the same files.
   *
   * @throws PublicationException with {@code REFUSED} if the files cannot be replaced where they
   *     lie
   */
  public Path home(Target target) throws PublicationException {
    return Places.of(disk, target.location()).directories().get(0);
  }

  /**
   * Finds out all that can be known without writing.
   *
   * @param replaced what the files must hold now
   * @throws PublicationException why {@link #publish} would not replace it
   */
  public void check(Target target, Identity replaced) throws PublicationException {
    Snapshot before = snapshot(target, replaced);
    if (!writable.knows(before)) {
      rewritten(before, replaced, replaced);
      writable.add(before);
    }
  }

  /**
   * Publishes: returns when the new identity is on disk and was read from there again. Does nothing
   * if the files hold it already.
   *
   * @param replaced what the files must hold now
   * @param fence asked just before the publication becomes irrevocable; the lock
   * @throws PublicationException why not; the files hold what they held before, or are put back to
   *     it by {@link Repair}, as the message says
   */
  public void publish(Target target, Identity replaced, Identity next, Fence fence)
      throws PublicationException {
    Places places = Places.of(disk, target.location());
    former.forgetNames();
    try {
      for (Path directory : places.directories()) {
        if (transactions.completeAll(directory, former.names(directory))) {
          former.forgetNames();
        }
      }
    } catch (IOException e) {
      throw failed(target, "an interrupted renewal cannot be brought to its end", e);
    }
    if (Snapshot.read(disk, target, places).holds(next.fingerprint())) {
      return;
    }
    Snapshot before = snapshot(target, replaced);
    List<byte[]> after = rewritten(before, replaced, next);
    Staging staging = new Staging(disk, notes, ids.after(former.latest(places)));
    Transaction decided = decide(before, after, staging, fence);
    forward(target, decided);
    verify(target, places, next, decided);
    try {
      decided.finish();
      former.prune(places, decided.id());
    } catch (IOException e) {
      notes.accept(
          target
              + ": the new identity is in place, but its journal is still there: "
              + e
              + ". It is removed by the next renewal or start.");
    }
  }

  private Snapshot snapshot(Target target, Identity replaced) throws PublicationException {
    Snapshot found = Snapshot.read(disk, target, Places.of(disk, target.location()));
    if (!found.holds(replaced.fingerprint())) {
      throw new PublicationException(
          Reason.BUSY,
          target
              + " no longer holds "
              + replaced
              + " but: "
              + found.held()
              + ". Nothing was changed.",
          null);
    }
    return found;
  }

  private List<byte[]> rewritten(Snapshot before, Identity replaced, Identity next)
      throws PublicationException {
    Target target = before.target;
    try {
      List<byte[]> after =
          MaterialWriter.rewrite(
              target.location(), before.contents, target.alias(), replaced, next, random);
      Identity read = Snapshot.identity(target, after);
      if (read != null && read.fingerprint().equals(next.fingerprint())) {
        return after;
      }
      throw new PublicationException(
          Reason.REFUSED,
          target + ": the new identity could not be found again in its files. Nothing was changed.",
          null);
    } catch (MaterialException e) {
      throw new PublicationException(
          Reason.REFUSED,
          target
              + " cannot be written in its own format: "
              + e.getMessage()
              + ". Nothing was changed.",
          e);
    }
  }

  private Transaction decide(Snapshot before, List<byte[]> after, Staging staging, Fence fence)
      throws PublicationException {
    Target target = before.target;
    try {
      for (Path directory : before.places.directories()) {
        Staging.deleteLeftovers(
            disk, transactions, new Folder(disk, directory), former.names(directory));
      }
      staging.write(before, after);
      if (!before.isUnchanged(disk)) {
        throw new PublicationException(
            Reason.BUSY,
            target + " was written by somebody else just now. hitless has changed nothing.",
            null);
      }
      fence.check();
      return staging.decide();
    } catch (IOException e) {
      throw failed(target, "the new files cannot be written", staging.abandon(e));
    } catch (PublicationException e) {
      staging.abandon(e);
      throw e;
    }
  }

  private static PublicationException failed(Target target, String what, IOException cause) {
    return new PublicationException(
        Reason.FAILED,
        target
            + ": "
            + what
            + ": "
            + cause
            + ". The files are as they were. Look for a full or failing disk.",
        cause);
  }

  private void forward(Target target, Transaction decided) throws PublicationException {
    try {
      if (decided.complete()) {
        return;
      }
    } catch (IOException e) {
      throw undone(target, "the new files cannot be put in place: " + e, decided, e);
    }
    throw undone(target, "somebody took the new files away", decided, null);
  }

  private void verify(Target target, Places places, Identity next, Transaction decided)
      throws PublicationException {
    String problem;
    try {
      Snapshot now = Snapshot.read(disk, target, places);
      if (now.holds(next.fingerprint())) {
        writable.add(now);
        return;
      }
      problem = now.held();
    } catch (PublicationException e) {
      problem = "cannot be read";
    }
    throw undone(target, "the files, read again, " + problem, decided, null);
  }

  private static PublicationException undone(
      Target target,
      String what,
      Transaction decided,
      @org.jspecify.annotations.Nullable IOException cause) {
    String state = "The files are as they were";
    try {
      decided.rollBack();
    } catch (IOException e) {
      state =
          "The version before could not be put back yet ("
              + e
              + "); it is kept in "
              + Folder.NAME
              + ", and put back at the next start or renewal";
    }
    return new PublicationException(
        Reason.FAILED, target + ": " + what + ". " + state + ".", cause);
  }
}
