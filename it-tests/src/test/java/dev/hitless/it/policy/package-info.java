/** A TLS policy follows its file, shown on real servers and seen by OpenSSL. */
package dev.hitless.it.policy;
