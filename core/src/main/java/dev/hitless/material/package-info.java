/**
 * Identities and trust as immutable values, read from every format that JVM servers use.
 *
 * <p>Depends on nothing but the JDK, Bouncy Castle and {@code report}.
 */
package dev.hitless.material;
