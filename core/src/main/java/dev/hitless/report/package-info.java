/** Log lines, the status snapshot and its MXBean. */
package dev.hitless.report;
