package dev.hitless.it.clients;

/**
 * A request that a server has answered.
 *
 * @param connection what tells the connection from all others
 * @param fingerprint of the client's certificate
 */
record Seen(int connection, String fingerprint) {}
