/** Types of Netty that its OpenSSL takes. */
@org.jspecify.annotations.NullMarked
package dev.hitless.agent.inside.netty.buffer;
