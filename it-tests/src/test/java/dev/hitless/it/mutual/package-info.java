/**
 * Servers and clients that show each other certificates, while these and what both trust change.
 */
package dev.hitless.it.mutual;
