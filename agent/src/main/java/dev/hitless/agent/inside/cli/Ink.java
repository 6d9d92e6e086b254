package dev.hitless.agent.inside.cli;

import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Colours, where they are wanted.
 *
 * <p>Immutable and thread-safe.
 */
final class Ink {
  private final boolean colours;

  Ink(boolean colours) {
    this.colours = colours;
  }

  String bold(String text) {
    return in(Style.bold, text);
  }

  String good(String text) {
    return in(Style.fg_green, text);
  }

  String warning(String text) {
    return in(Style.fg_yellow, text);
  }

  String bad(String text) {
    return in(Style.fg_red, text);
  }

  private String in(IStyle style, String text) {
    return colours ? Style.on(style) + text + Style.off(style) : text;
  }
}
