/** Issuers: what signs a new certificate, and what it is asked for. */
package dev.hitless.renew.issue;
