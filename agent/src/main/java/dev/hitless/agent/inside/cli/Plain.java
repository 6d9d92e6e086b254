package dev.hitless.agent.inside.cli;

/** Text that a terminal takes for text: names in certificates come from anybody. */
final class Plain {
  private Plain() {}

  /** Returns the text with every control character replaced. */
  static String line(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c);
    }
    return plain.toString();
  }
}
