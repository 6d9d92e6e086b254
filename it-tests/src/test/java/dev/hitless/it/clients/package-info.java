/** Libraries that connect with a certificate, and servers that say which one they were shown. */
package dev.hitless.it.clients;
