/**
 * The agent itself, loaded by {@link dev.hitless.agent.InsideLoader} only: the transformer and its
 * weaver, the hooks, the bridge's other end, and the thread that becomes the follower of files.
 */
package dev.hitless.agent.inside;
