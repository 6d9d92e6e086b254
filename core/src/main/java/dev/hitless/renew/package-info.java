/**
 * Renews what is about to expire: when ({@code Window}, the loop), by whom ({@code issue}), and how
 * it gets onto the disk ({@code publish}). Knows neither following nor serving: it only writes
 * files, and whoever follows them does the rest.
 */
package dev.hitless.renew;
