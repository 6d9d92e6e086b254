/** The only reader of system properties, agent arguments and the environment. */
package dev.hitless.config;
