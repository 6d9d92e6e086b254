/**
 * The command line of the one jar: reads options, asks core, and prints what it says, for people or
 * as JSON. Runs in a JVM of its own, where no agent is started.
 */
package dev.hitless.agent.inside.cli;
