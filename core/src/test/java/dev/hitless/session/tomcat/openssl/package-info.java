/** A context that copies its key, as Tomcat's of OpenSSL do. */
package dev.hitless.session.tomcat.openssl;
