package dev.hitless.material;

import org.jspecify.annotations.Nullable;

/**
 * The tag and the bounds of one DER element, read without looking at what is inside, so that it
 * works on content that ends early too. An indefinite length (BER) has no known end.
 */
final class DerHeader {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;
  static final int EXPLICIT_0 = 0xa0;

  final int tag;
  final int start;

  /** Where the element ends, which may lie behind the content; -1 if its length is indefinite. */
  final long end;

  private DerHeader(int tag, int start, long end) {
    this.tag = tag;
    this.start = start;
    this.end = end;
  }

  /** Reads the header at an offset; null if there is none. */
  static @Nullable DerHeader at(byte[] content, long offset) {
    if (offset < 0 || offset + 2 > content.length) {
      return null;
    }
    int at = (int) offset;
    int tag = content[at++] & 0xff;
    int length = content[at++] & 0xff;
    if (length < 0x80) {
      return new DerHeader(tag, at, (long) at + length);
    }
    if (length == 0x80) {
      return new DerHeader(tag, at, -1);
    }
    int count = length & 0x7f;
    if (count > 4 || at + count > content.length) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = (value << 8) | (content[at++] & 0xff);
    }
    return new DerHeader(tag, at, at + value);
  }

  /** Returns the header of the first element inside; null if there is none. */
  @Nullable DerHeader first(byte[] content) {
    return at(content, start);
  }

  /** Returns the header of the element that follows; null if there is none. */
  @Nullable DerHeader next(byte[] content) {
    return at(content, end);
  }

  static int tagOf(@Nullable DerHeader header) {
    return header == null ? -1 : header.tag;
  }
}
