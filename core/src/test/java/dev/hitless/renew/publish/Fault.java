package dev.hitless.renew.publish;

/** What happens at one operation of a {@link ModelDisk}. */
enum Fault {
  /** The process ends before it. */
  KILL,
  /** The process ends in its midst: a file is there, but half of it; otherwise after it. */
  KILL_WITHIN,
  /** It fails, and so does nothing after it. */
  EIO,
  /** It fails, and so does every operation that needs the disk from then on. */
  EIO_FROM_THEN_ON,
  /** It has an effect, but reports a failure. */
  EIO_AFTERWARDS,
  /** Nothing more can be written; deleting and renaming still work. */
  FULL
}
