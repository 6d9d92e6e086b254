/**
 * The servers, each unmodified and in a JVM of its own, and how each is told where its certificates
 * are.
 */
package dev.hitless.it.server;
