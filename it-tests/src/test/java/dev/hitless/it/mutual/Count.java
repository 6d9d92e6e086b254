package dev.hitless.it.mutual;

/**
 * What a client has counted.
 *
 * @param answered connections that came to an answer
 * @param full how many of these after a full handshake; the others resumed a session
 * @param failed connections without an answer
 */
record Count(long answered, long full, long failed) {
  static Count of(String line) {
    String[] words = line.split(" ");
    return new Count(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  @Override
  public String toString() {
    return "%,d connections, %,d after a full handshake; %,d failed"
        .formatted(answered, full, failed);
  }
}
