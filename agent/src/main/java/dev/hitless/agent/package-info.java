/**
 * What the application class loader sees of hitless: the few classes that the JVM needs to start
 * the rest, which lives in the jar where only {@link dev.hitless.agent.InsideLoader} finds it.
 */
package dev.hitless.agent;
