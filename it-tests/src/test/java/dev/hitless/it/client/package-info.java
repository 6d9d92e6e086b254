/**
 * The client that judges: a plain JSSE program in its own JVM, which knows the test root and
 * nothing of hitless, and the handle by which a test commands it.
 */
package dev.hitless.it.client;
