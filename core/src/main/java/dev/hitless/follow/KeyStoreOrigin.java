package dev.hitless.follow;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.KeyStoreReader;
import dev.hitless.material.MaterialException;
import java.nio.file.Path;
import java.security.Provider;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A keystore file, with the type and the passwords that open it. Immutable and thread-safe. */
public final class KeyStoreOrigin implements Origin {
  private final Path file;
  private final String type;
  private final @Nullable Provider provider;
  private final char @Nullable [] storePassword;
  private final List<char[]> keyPasswords;

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
    this.file = file.toAbsolutePath();
    this.type = type;
    this.provider = provider;
    this.storePassword = Passwords.copy(storePassword);
    this.keyPasswords = Passwords.copy(keyPasswords);
  }

  @Override
  public List<Path> files() {
    return Collections.singletonList(file);
  }

  @Override
  public List<byte[]> read() throws MaterialException {
    return Collections.singletonList(FileBytes.read(file, FileBytes.LIMIT));
  }

  @Override
  public Contents parse(List<byte[]> bytes) throws MaterialException {
    byte[] content = bytes.get(0);
    return new Contents(
        Fingerprint.ofBytes(content),
        KeyStoreReader.read(content, type, provider, storePassword, keyPasswords));
  }

  @Override
  public String describe() {
    return type + " keystore " + file;
  }

  @Override
  public String toString() {
    return describe();
  }
}
