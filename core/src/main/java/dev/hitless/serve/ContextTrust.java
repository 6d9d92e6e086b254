package dev.hitless.serve;

/** By what a context judges its peers, as far as that is known. */
enum ContextTrust {
  /** A rotating trust manager, or nothing is known. */
  ROTATING,
  /** The JVM's standard trust, which the context makes by itself when it is given none. */
  STANDARD,
  /** A trust manager of foreign make, which may ask a rotating one. */
  FOREIGN
}
