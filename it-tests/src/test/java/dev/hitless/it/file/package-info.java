/** The ways in which operators and their tools replace the files of a running server. */
package dev.hitless.it.file;
