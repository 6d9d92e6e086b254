/**
 * Sessions and rotations: programs that hold TLS sessions in JVMs of their own, and what becomes of
 * these sessions.
 */
package dev.hitless.it.session;
