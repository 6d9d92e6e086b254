/**
 * Says what key and certificate files hold, what a server presents, and what is wrong with either,
 * for a person to read. Knows {@code material} alone; what it finds, the command line prints.
 */
package dev.hitless.inspect;
