/** Renewal, killed and starved while it writes. */
package dev.hitless.it.renew;
