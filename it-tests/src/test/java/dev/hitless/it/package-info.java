/**
 * Proves on real servers what hitless promises: started with nothing but the flag, a server
 * presents a new certificate as soon as its files change, and nobody who is connected or connecting
 * notices.
 */
package dev.hitless.it;
