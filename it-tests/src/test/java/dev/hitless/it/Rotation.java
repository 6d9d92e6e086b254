package dev.hitless.it;

import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.ClientProcess;
import dev.hitless.it.client.Handshake;
import dev.hitless.it.file.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One change of the files of a server that is running and under load, and what its clients saw of
 * it.
 */
final class Rotation {
  private static final Duration AT_MOST = Duration.ofSeconds(15);
  private static final Duration WITHOUT_AGENT = Duration.ofSeconds(1);
  private static final int BEFORE = 3;
  private static final int AFTER = 5;

  private final ClientProcess client;
  private final Map<Slot, Identity> before;
  private final Map<Slot, Identity> after;
  private final int mark;

  /**
   * A rotation that is yet to run.
   *
   * @param mark how many of the client's handshakes an earlier rotation has judged
   */
  Rotation(ClientProcess client, Map<Slot, Identity> before, Map<Slot, Identity> after, int mark) {
    this.client = client;
    this.before = before;
    this.after = after;
    this.mark = mark;
  }

  /**
   * Replaces the files and waits until every slot's new certificate was seen.
   *
   * @return milliseconds from the change until then
   * @throws RotationFailed if it was not seen
   */
  long run(Way way, KeyFiles files, Path folder)
      throws IOException, GeneralSecurityException, InterruptedException, RotationFailed {
    if (!Await.until(AT_MOST, () -> seen(before, BEFORE))) {
      throw new RotationFailed(
          "no handshakes with the old certificate before the change" + counts());
    }
    way.replace(folder, files.write(after));
    long changed = System.currentTimeMillis();
    if (!Await.until(AT_MOST, () -> seen(after, AFTER))) {
      throw new RotationFailed(
          "the new certificate was not presented within " + AT_MOST + counts());
    }
    long millis = 0; // a slow replacement may be seen before it is complete
    for (Slot slot : after.keySet()) {
      millis = Math.max(millis, first(slot) - changed);
    }
    return millis;
  }

  /**
   * The control: replaces the files of a server that runs without hitless.
   *
   * @return whether the server presents the new certificate all the same
   */
  boolean runWithoutAgent(Way way, KeyFiles files, Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    way.replace(folder, files.write(after));
    return Await.until(WITHOUT_AGENT, () -> seen(after, 1));
  }

  /** What the server presents when all is well. */
  Map<Slot, Identity> after() {
    return after;
  }

  /** Whether the new certificates were seen. */
  boolean isDone() {
    return seen(after, 1);
  }

  /** Fails if a client noticed more of the change than another certificate. */
  void mustHaveGoneUnnoticed() throws InterruptedException, RotationFailed {
    List<String> noticed = new ArrayList<>();
    List<Handshake> failed = since().stream().filter(Handshake::failed).toList();
    if (!failed.isEmpty()) {
      noticed.add(failed.size() + " handshakes failed, the first: " + failed.get(0));
    }
    for (Slot slot : after.keySet()) {
      fellBack(slot).ifPresent(back -> noticed.add("the old certificate came back: " + back));
    }
    String held = client.ask();
    if (!held.equals("answered")) {
      noticed.add("the connection that was open all the time: " + held);
    }
    if (!noticed.isEmpty()) {
      throw new RotationFailed(String.join("; ", noticed) + counts());
    }
  }

  private Optional<Handshake> fellBack(Slot slot) {
    String old = before.get(slot).fingerprint();
    String current = after.get(slot).fingerprint();
    return since().stream()
        .dropWhile(handshake -> !handshake.saw(slot, current))
        .filter(handshake -> handshake.saw(slot, old))
        .findFirst();
  }

  private boolean seen(Map<Slot, Identity> generation, int times) {
    return generation.keySet().stream().allMatch(slot -> count(slot, generation) >= times);
  }

  private long count(Slot slot, Map<Slot, Identity> generation) {
    String fingerprint = generation.get(slot).fingerprint();
    return since().stream().filter(handshake -> handshake.saw(slot, fingerprint)).count();
  }

  private long first(Slot slot) {
    String fingerprint = after.get(slot).fingerprint();
    OptionalLong end =
        since().stream()
            .filter(handshake -> handshake.saw(slot, fingerprint))
            .mapToLong(Handshake::end)
            .findFirst();
    return end.orElseThrow();
  }

  private List<Handshake> since() {
    List<Handshake> all = client.handshakes();
    return all.subList(mark, all.size());
  }

  private String counts() {
    StringBuilder result = new StringBuilder();
    for (Slot slot : after.keySet()) {
      result.append(
          " [%s: %d handshakes with the old certificate, %d with the new]"
              .formatted(slot.name(), count(slot, before), count(slot, after)));
    }
    return result.toString();
  }
}
