package dev.hitless.it.client;

import dev.hitless.it.cert.Slot;

/**
 * One handshake of a loop, as the client saw it.
 *
 * @param start epoch milliseconds before the connection was opened
 * @param end epoch milliseconds after the handshake was done or had failed
 * @param outcome the leaf's fingerprint, or why it failed
 */
public record Handshake(String slot, long start, long end, boolean failed, String outcome) {

  /** Whether it succeeded in this slot with this leaf. */
  public boolean saw(Slot slot, String fingerprint) {
    return !failed && this.slot.equals(slot.name()) && outcome.equals(fingerprint);
  }
}
