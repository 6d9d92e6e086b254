/**
 * Ends the resumption of TLS sessions that were made before a moment, in every SSLContext concerned
 * and in the OpenSSL of Netty and Tomcat: by hooks on the look-up of sessions where there are any,
 * by what the libraries themselves offer elsewhere. It knows the contexts of OpenSSL, so those of
 * Tomcat are made anew here for a rotated key too.
 */
package dev.hitless.session;
