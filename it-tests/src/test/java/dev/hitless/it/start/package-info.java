/**
 * Proves that the agent starts right and harms nobody: small programs that know nothing of hitless,
 * in JVMs of their own, with and without the flag, in places and company that a JVM may find itself
 * in.
 */
package dev.hitless.it.start;
