/** What is public in Netty's contexts of OpenSSL, for a test without Netty. */
package dev.hitless.session.netty;
