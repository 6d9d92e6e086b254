package dev.hitless.it.cert;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The generations of certificates that servers rotate through. All servers share them, because
 * making RSA keys for each would take longer than the rotations. Safe for use by several threads.
 */
public final class Identities {
  private final TestCa ca;
  private final Map<Slot, List<Identity>> bySlot = new HashMap<>();

  public Identities(TestCa ca) {
    this.ca = ca;
  }

  /** What issues them. */
  public TestCa ca() {
    return ca;
  }

  /** What every slot holds in a generation, counted from 0; in the order of the slots. */
  public synchronized Map<Slot, Identity> generation(int number, List<Slot> slots)
      throws GeneralSecurityException {
    Map<Slot, Identity> result = new LinkedHashMap<>();
    for (Slot slot : slots) {
      List<Identity> made = bySlot.computeIfAbsent(slot, any -> new ArrayList<>());
      while (made.size() <= number) {
        made.add(ca.issue(slot.kind(), slot.subjectNames()));
      }
      result.put(slot, made.get(number));
    }
    return result;
  }
}
