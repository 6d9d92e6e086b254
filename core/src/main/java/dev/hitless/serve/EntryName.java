package dev.hitless.serve;

import org.jspecify.annotations.Nullable;

/**
 * Names a private-key entry as the server knows it: the alias, and in which of its KeyStores.
 *
 * <p>Immutable and thread-safe.
 */
public final class EntryName {
  private final int store;
  private final String alias;

  /**
   * Creates a name.
   *
   * @param store index of the KeyStore among those the factory was given, from 0
   * @param alias the alias in that KeyStore
   */
  public EntryName(int store, String alias) {
    this.store = store;
    this.alias = alias;
  }

  /** Returns the index of the KeyStore among those the factory was given, from 0. */
  public int store() {
    return store;
  }

  /** Returns the alias in that KeyStore. */
  public String alias() {
    return alias;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntryName
        && store == ((EntryName) other).store
        && alias.equals(((EntryName) other).alias);
  }

  @Override
  public int hashCode() {
    return alias.hashCode() * 31 + store;
  }

  @Override
  public String toString() {
    return store == 0 ? alias : alias + " (store " + store + ")";
  }
}
