/**
 * Ends the resumption of TLS sessions that were made before a moment, in every SSLContext concerned
 * and in the OpenSSL of Netty and Tomcat: by hooks on the look-up of sessions where there are any,
 * by public means elsewhere.
 */
package dev.hitless.session;
