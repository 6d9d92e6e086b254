/**
 * The key managers that JSSE asks in every handshake, the pins that tie one handshake to one
 * generation, and the proofs that show what a context presents.
 */
package dev.hitless.serve;
