/**
 * Origins, the files they are read from, the watching of those files, and the gate that decides
 * whether what they now hold may replace what is served.
 */
package dev.hitless.follow;
