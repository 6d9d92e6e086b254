/**
 * The programs that the benchmarks measure, in JVMs of their own: Java 8, the JDK's classes only,
 * and nothing of hitless but the agent that some of them are started with. What they find out they
 * print as {@code name=value} lines.
 */
package dev.hitless.it.probe;
