package dev.hitless.material;

import dev.hitless.material.MaterialException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One block between encapsulation boundaries (RFC 7468), with the headers of RFC 1421 that OpenSSL
 * still writes for encrypted keys. Text around blocks is skipped; a block that is not whole is an
 * error, since the file is then being written or was cut off.
 */
final class PemBlock {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int LINE = 64;

  final String label;

  /**
   * What follows {@code DEK-Info:}, such as {@code AES-256-CBC,0A1B…}; null if not encrypted so.
   */
  final @Nullable String dekInfo;

  final byte[] content;

  private PemBlock(String label, @Nullable String dekInfo, byte[] content) {
    this.label = label;
    this.dekInfo = dekInfo;
    this.content = content;
  }

  /** Returns a block of a label, as if its content had been in a PEM file. */
  static PemBlock of(String label, byte[] content) {
    return new PemBlock(label, null, content);
  }

  /** Returns a block of a label that is encrypted as its {@code DEK-Info} says. */
  static PemBlock of(String label, @Nullable String dekInfo, byte[] content) {
    return new PemBlock(label, dekInfo, content);
  }

  /** Returns the block between its boundaries, in lines of 64 characters, without a line end. */
  String encode(String lineEnd) {
    StringBuilder text = new StringBuilder(BEGIN).append(label).append(DASHES).append(lineEnd);
    if (dekInfo != null) {
      text.append("Proc-Type: 4,ENCRYPTED").append(lineEnd);
      text.append("DEK-Info: ").append(dekInfo).append(lineEnd).append(lineEnd);
    }
    byte[] separator = lineEnd.getBytes(StandardCharsets.US_ASCII);
    text.append(Base64.getMimeEncoder(LINE, separator).encodeToString(content)).append(lineEnd);
    return text.append(END).append(label).append(DASHES).toString();
  }

  /**
   * Returns all blocks of a text, in their order.
   *
   * @throws MaterialException with {@code MALFORMED} if one is not whole
   */
  static List<PemBlock> parse(byte[] text) throws MaterialException {
    List<PemBlock> blocks = new ArrayList<>();
    String label = null;
    String dekInfo = null;
    StringBuilder base64 = new StringBuilder();
    String last = "";
    String whole = new String(text, StandardCharsets.ISO_8859_1);
    for (int start = 0; start <= whole.length(); ) {
      int end = endOfLine(whole, start);
      last = whole.substring(start, end);
      String line = last.trim();
      start = end + (whole.startsWith("\r\n", end) ? 2 : 1);
      int begin = line.indexOf(BEGIN);
      if (label == null) {
        if (begin >= 0) {
          // Not only at the start of a line: a byte order mark may come before it.
          label = label(line, begin + BEGIN.length());
          dekInfo = null;
          base64.setLength(0);
        }
      } else if (begin >= 0) {
        throw malformed("a PEM block " + label + " has no end");
      } else if (line.startsWith(END)) {
        if (!label.equals(label(line, END.length()))) {
          throw malformed("a PEM block " + label + " has the end of another");
        }
        blocks.add(new PemBlock(label, dekInfo, decode(label, base64)));
        label = null;
      } else if (line.indexOf(':') >= 0) {
        if (line.startsWith("DEK-Info:")) {
          dekInfo = line.substring("DEK-Info:".length()).trim();
        }
      } else {
        appendWithoutSpace(base64, line);
      }
    }
    if (label != null || (!last.isEmpty() && BEGIN.startsWith(last))) {
      throw malformed("the PEM file ends inside a block");
    }
    return blocks;
  }

  private static int endOfLine(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static String label(String line, int from) throws MaterialException {
    int to = line.indexOf(DASHES, from);
    if (to < 0) {
      throw malformed("a PEM boundary is not whole");
    }
    return line.substring(from, to).trim();
  }

  private static void appendWithoutSpace(StringBuilder base64, String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != ' ' && c != '\t' && c != '\f' && c != '\u000b') {
        base64.append(c);
      }
    }
  }

  private static byte[] decode(String label, CharSequence base64) throws MaterialException {
    try {
      return Base64.getDecoder().decode(base64.toString());
    } catch (IllegalArgumentException e) {
      throw new MaterialException(
          Reason.MALFORMED, "a PEM block " + label + " is no valid base64", null);
    }
  }

  private static MaterialException malformed(String message) {
    return new MaterialException(Reason.MALFORMED, message, null);
  }
}
