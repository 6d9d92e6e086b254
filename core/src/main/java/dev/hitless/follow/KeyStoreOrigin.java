package dev.hitless.follow;

import dev.hitless.material.KeyStoreReader;
import dev.hitless.material.Location;
import java.nio.file.Path;
import java.security.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A keystore file, with the type and the passwords that open it. Immutable and thread-safe. */
public final class KeyStoreOrigin implements IdentityOrigin {
  private final Location location;

  /**
   * Creates an origin; nothing is read yet.
   *
   * @param file made absolute, symbolic links kept
   * @param type the keystore's type, such as {@code PKCS12}; see {@link KeyStoreReader#read}
   * @param provider the provider of that type; null for the JDK's order
   * @param storePassword null to skip the integrity check; copied
   * @param keyPasswords what may open the keys besides the keystore's password; copied
   */
  public KeyStoreOrigin(
      Path file,
      String type,
      @Nullable Provider provider,
      char @Nullable [] storePassword,
      List<char[]> keyPasswords) {
    this.location = Location.keyStore(file, type, provider, storePassword, keyPasswords);
  }

  @Override
  public Location location() {
    return location;
  }

  @Override
  public String toString() {
    return describe();
  }
}
