/** The JDKs that servers run on. */
package dev.hitless.it.jdk;
