package dev.hitless.report;

import java.util.concurrent.atomic.LongAdder;

/** What is counted since the start, for the status. Thread-safe. */
public final class Counters {
  /** Generations put in service and proved. */
  public final LongAdder rotations = new LongAdder();

  /** Generations of trusted certificates put in use. */
  public final LongAdder trustRotations = new LongAdder();

  /** Causes for which a generation was not served. */
  public final LongAdder refusals = new LongAdder();

  /** In-memory handshakes. */
  public final LongAdder proofs = new LongAdder();

  /** Rotations after which a context still presented the former certificate. */
  public final LongAdder notCovered = new LongAdder();

  /** Failures inside hitless that the application did not notice. */
  public final LongAdder failures = new LongAdder();

  /** Times at which sessions made before were cut off from resumption. */
  public final LongAdder cutOffs = new LongAdder();

  /** Key managers that were intercepted. */
  public final LongAdder managers = new LongAdder();

  /** New identities that hitless put into files. */
  public final LongAdder renewals = new LongAdder();

  /** Attempts to renew that failed. */
  public final LongAdder renewalFailures = new LongAdder();

  /** Policies put in force after the first. */
  public final LongAdder policies = new LongAdder();

  /** Handshakes that failed because a policy does not let the peer in. */
  public final LongAdder peersRefused = new LongAdder();
}
