package dev.hitless.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Makes of good input what nobody would write: bytes changed, taken out, doubled, put in from
 * another input, and words of the format where they do not belong. The same for the same seed.
 */
public final class Mutations {
  private static final int[] BYTES = {0, 1, 0x7f, 0x80, 0x82, 0x84, 0xff, '\n', '-', 0x30, 0x04};
  private static final int MOST_CHANGES = 4;

  private final Random random;
  private final List<byte[]> seeds;
  private final String[] words;

  /**
   * Creates mutations.
   *
   * @param seeds good inputs; not empty
   * @param words of the format
   */
  public Mutations(long seed, List<byte[]> seeds, String... words) {
    this.random = new Random(seed);
    this.seeds = seeds;
    this.words = words;
  }

  /** Returns one of the numbers from 0 on. */
  public int choose(int below) {
    return random.nextInt(below);
  }

  /** Returns the next input, with a few changes. */
  public byte[] next() {
    byte[] input = any();
    for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
      input = change(input);
    }
    return input;
  }

  private byte[] any() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] change(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int end = at + random.nextInt(1 + Math.min(64, input.length - at));
    switch (random.nextInt(7)) {
      case 0:
        return replaced(input, at, Math.min(at + 1, input.length), random.nextInt(256));
      case 1:
        return replaced(input, at, Math.min(at + 1, input.length), oddByte());
      case 2:
        return replaced(input, at, end);
      case 3:
        return replaced(input, at, at, slice(input, at, end));
      case 4:
        byte[] other = any();
        int from = random.nextInt(other.length + 1);
        return replaced(input, at, end, slice(other, from, other.length));
      case 5:
        String word = words.length == 0 ? "" : words[random.nextInt(words.length)];
        return replaced(input, at, at, ints(word.getBytes(StandardCharsets.UTF_8)));
      default:
        return replaced(input, at, input.length);
    }
  }

  private int oddByte() {
    return BYTES[random.nextInt(BYTES.length)];
  }

  private static byte[] replaced(byte[] input, int from, int to, int... with) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, from);
    for (int each : with) {
      out.write(each);
    }
    out.write(input, to, input.length - to);
    return out.toByteArray();
  }

  private static int[] slice(byte[] input, int from, int to) {
    int[] slice = new int[to - from];
    for (int i = 0; i < slice.length; i++) {
      slice[i] = input[from + i];
    }
    return slice;
  }

  private static int[] ints(byte[] bytes) {
    return slice(bytes, 0, bytes.length);
  }
}
