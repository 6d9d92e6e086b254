/**
 * What TLS handshakes must keep to beyond what the application asks for: a policy as an immutable
 * value, its reading from settings, its laying over the parameters of one handshake, and the look
 * at a peer after its chain was found good.
 */
package dev.hitless.policy;
