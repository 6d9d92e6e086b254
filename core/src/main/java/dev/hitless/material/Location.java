package dev.hitless.material;

import java.nio.file.Path;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where identities lie on disk: the files, how they are read, and what opens them. It says nothing
 * of what the files hold now, but it remembers what the bytes meant that it parsed last.
 *
 * <p>Immutable to its users, and thread-safe. Never prints a password.
 */
public final class Location {
  private final List<Path> files;
  private final @Nullable String keyStoreType;
  private final @Nullable Provider provider;
  private final char @Nullable [] storePassword;
  private final List<char[]> keyPasswords;
  private final LastParsed parsed = new LastParsed();

  private Location(
      List<Path> files,
      @Nullable String keyStoreType,
      @Nullable Provider provider,
      char @Nullable [] storePassword,
      List<char[]> keyPasswords) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a location needs a file");
    }
    LinkedHashSet<Path> absolute = new LinkedHashSet<>();
    for (Path file : files) {
      absolute.add(file.toAbsolutePath());
    }
    this.files = Collections.unmodifiableList(new ArrayList<>(absolute));
    this.keyStoreType = keyStoreType;
    this.provider = provider;
    this.storePassword = Passwords.copy(storePassword);
    this.keyPasswords = Passwords.copy(keyPasswords);
  }

  /**
   * Returns the location of a keystore; nothing is read.
   *
   * @param file made absolute, symbolic links kept
   * @param type the keystore's type, such as {@code PKCS12}; see {@link KeyStoreReader#read}
   * @param provider the provider of that type; null for the JDK's order
   * @param storePassword null to skip the integrity check; copied
   * @param keyPasswords what may open the keys besides the keystore's password; copied
   */
  public static Location keyStore(
      Path file,
      String type,
      @Nullable Provider provider,
      char @Nullable [] storePassword,
      List<char[]> keyPasswords) {
    return new Location(
        Collections.singletonList(file), type, provider, storePassword, keyPasswords);
  }

  /**
   * Returns the location of PEM or DER files that together hold keys and certificates; nothing is
   * read.
   *
   * @param files one or more, in any order; made absolute, symbolic links kept
   * @param passwords what may open encrypted keys, empty if none is known; copied
   * @throws IllegalArgumentException if there is no file
   */
  public static Location pem(List<Path> files, List<char[]> passwords) {
    return new Location(files, null, null, null, passwords);
  }

  /** Returns the absolute, unresolved paths (symbolic links kept); never empty. */
  public List<Path> files() {
    return files;
  }

  /** Returns whether it is a keystore and not PEM or DER files. */
  public boolean isKeyStore() {
    return keyStoreType != null;
  }

  /** Returns the type that the keystore was named, or null if it is none. */
  public @Nullable String keyStoreType() {
    return keyStoreType;
  }

  /** Returns the provider of the keystore's type, or null for the JDK's order. */
  public @Nullable Provider provider() {
    return provider;
  }

  /** Returns a copy of the keystore's password, or null if it has none. */
  public char @Nullable [] storePassword() {
    return Passwords.copy(storePassword);
  }

  /** Returns copies of what may open keys besides the keystore's password. */
  public List<char[]> keyPasswords() {
    return Passwords.copy(keyPasswords);
  }

  /**
   * Parses the bytes of the files, in the order of {@link #files}.
   *
   * @return identities by alias, never empty, not to be changed; for PEM the alias is {@code
   *     pem-0}, {@code pem-1}, …
   * @throws MaterialException why they hold no usable identity
   */
  public Map<String, Identity> parse(List<byte[]> bytes) throws MaterialException {
    String type = keyStoreType;
    return type == null
        ? PemReader.read(bytes, keyPasswords)
        : parsed.get(
            bytes.get(0),
            () -> KeyStoreReader.read(bytes.get(0), type, provider, storePassword, keyPasswords));
  }

  /**
   * Parses the bytes of the files, in the order of {@link #files}, for what they have trusted.
   *
   * @return never empty; of a keystore as {@link KeyStoreReader#trusted}, of PEM and DER files
   *     every certificate
   * @throws MaterialException why they hold no certificate
   */
  public Trust parseTrust(List<byte[]> bytes) throws MaterialException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] content : bytes) {
      certificates.addAll(
          keyStoreType == null
              ? PemReader.certificates(content)
              : KeyStoreReader.trusted(content, keyStoreType, provider, storePassword));
    }
    if (certificates.isEmpty()) {
      throw new MaterialException(
          MaterialException.Reason.NO_CERTIFICATE, this + " holds no certificate", null);
    }
    return Trust.of(certificates);
  }

  /** Returns format and paths in one line, no secrets. */
  @Override
  public String toString() {
    if (keyStoreType != null) {
      return keyStoreType + " keystore " + files.get(0);
    }
    return (files.size() == 1 ? "PEM file " : "PEM files ")
        + files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
