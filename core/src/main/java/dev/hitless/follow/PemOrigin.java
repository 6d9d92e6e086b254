package dev.hitless.follow;

import dev.hitless.material.Fingerprint;
import dev.hitless.material.MaterialException;
import dev.hitless.material.PemReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * PEM or DER files that together hold private keys and their certificates. Immutable and
 * thread-safe.
 */
public final class PemOrigin implements Origin {
  private final List<Path> files;
  private final List<char[]> passwords;

  /**
   * Creates an origin; nothing is read yet.
   *
   * @param files one or more, in any order; made absolute, symbolic links kept
   * @param passwords what may open encrypted keys, empty if none is known; copied
   * @throws IllegalArgumentException if there is no file
   */
  public PemOrigin(List<Path> files, List<char[]> passwords) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("an origin needs a file");
    }
    Set<Path> absolute = new LinkedHashSet<>();
    for (Path file : files) {
      absolute.add(file.toAbsolutePath());
    }
    this.files = Collections.unmodifiableList(new ArrayList<>(absolute));
    this.passwords = Passwords.copy(passwords);
  }

  @Override
  public List<Path> files() {
    return files;
  }

  @Override
  public List<byte[]> read() throws MaterialException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(FileBytes.read(file, FileBytes.LIMIT));
    }
    return contents;
  }

  @Override
  public Contents parse(List<byte[]> bytes) throws MaterialException {
    return new Contents(
        Fingerprint.ofBytes(bytes.toArray(new byte[0][])), PemReader.read(bytes, passwords));
  }

  @Override
  public String describe() {
    return (files.size() == 1 ? "PEM file " : "PEM files ")
        + files.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return describe();
  }
}
