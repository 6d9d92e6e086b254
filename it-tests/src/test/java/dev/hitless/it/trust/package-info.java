/** What a process trusts follows its file, shown on real programs in JVMs of their own. */
package dev.hitless.it.trust;
