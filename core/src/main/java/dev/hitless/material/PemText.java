package dev.hitless.material;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PEM file as its blocks and the text before each, so that one block can be replaced and all else
 * stays byte for byte.
 */
final class PemText {
  /** From one boundary to the other; the parser has seen before that all blocks are whole. */
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([^\\r\\n]*?)-----.*?-----END [^\\r\\n]*?-----", Pattern.DOTALL);

  private static final Pattern NAMES =
      Pattern.compile("(?m)^(subject|issuer) ?=.*(\\r\\n|\\n|\\r)?");

  /** What openssl x509 -text prints before the block. */
  private static final Pattern DUMP =
      Pattern.compile("(?ms)^Certificate:\\s*?(\\r\\n|\\n|\\r) +Data:.*\\z");

  /** A block and what stands before it, or the end of the file. */
  static final class Part {
    final String before;
    final @Nullable PemBlock block;
    final String raw;

    Part(String before, @Nullable PemBlock block, String raw) {
      this.before = before;
      this.block = block;
      this.raw = raw;
    }
  }

  private final List<Part> parts;
  private final String lineEnd;

  private PemText(List<Part> parts, String lineEnd) {
    this.parts = parts;
    this.lineEnd = lineEnd;
  }

  /**
   * Takes a file apart.
   *
   * @throws MaterialException with {@code MALFORMED} if a block is not whole
   */
  static PemText parse(byte[] content) throws MaterialException {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    List<PemBlock> blocks = PemBlock.parse(content);
    List<Part> parts = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    int end = 0;
    int next = 0;
    while (matcher.find() && next < blocks.size()) {
      parts.add(new Part(text.substring(end, matcher.start()), blocks.get(next), matcher.group()));
      end = matcher.end();
      next++;
    }
    if (next != blocks.size()) {
      throw new MaterialException(
          MaterialException.Reason.UNSUPPORTED, "the PEM file is laid out in an unusual way", null);
    }
    parts.add(new Part(text.substring(end), null, ""));
    return new PemText(parts, text.contains("\r\n") ? "\r\n" : "\n");
  }

  /** Returns the blocks with what stands before them, and the end of the file as the last. */
  List<Part> parts() {
    return parts;
  }

  /**
   * Returns the file with some parts replaced.
   *
   * @param blocks for each part, the blocks in its place; null where it stays as it is
   */
  byte[] with(List<@Nullable List<PemBlock>> blocks) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      List<PemBlock> replacement = blocks.get(i);
      if (replacement == null) {
        text.append(before(part, i, text)).append(part.raw);
        continue;
      }
      text.append(replacement.isEmpty() ? "" : explained(before(part, i, text)));
      for (int j = 0; j < replacement.size(); j++) {
        text.append(j == 0 ? "" : lineEnd).append(replacement.get(j).encode(lineEnd));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A block that is gone takes the end of its line with it, where nothing stands before. */
  private static String before(Part part, int index, StringBuilder written) {
    boolean first = written.length() == 0 && index > 0;
    return first ? part.before.replaceFirst("^(\\r\\n|\\n|\\r)", "") : part.before;
  }

  /** What may be said of the new block too: not who the old one was. */
  private static String explained(String before) {
    return NAMES.matcher(DUMP.matcher(before).replaceAll("")).replaceAll("");
  }
}
