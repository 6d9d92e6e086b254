/**
 * The benchmarks: what is measured, in child JVMs, with and without the agent in turn, and the one
 * table that shows it beside the bars. Nothing here fails because a machine is slow.
 */
package dev.hitless.it.bench;
