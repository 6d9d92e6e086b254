/** Classes of the shape of those in which Netty keeps native copies of keys. */
@org.jspecify.annotations.NullMarked
package dev.hitless.agent.inside.netty;
