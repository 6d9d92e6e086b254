/** Certificates that the tests make themselves, and the files that servers read them from. */
package dev.hitless.it.cert;
