package dev.hitless.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A setting of one DNS name: {@code name.<dns-name>.<setting>}. The name ends where a known setting
 * begins, since both have dots of their own; upper and lower case of the name are one. Immutable.
 */
final class NameSetting {
  static final String PREFIX = "name.";

  final String name;
  final String setting;

  private NameSetting(String name, String setting) {
    this.name = name;
    this.setting = setting;
  }

  /**
   * Parses what follows the prefix of all policies.
   *
   * @return null if it begins otherwise, or ends with nothing known
   */
  static @Nullable NameSetting parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return null;
    }
    for (String setting : Policies.KNOWN) {
      int end = text.length() - setting.length() - 1;
      if (end > PREFIX.length() && text.endsWith("." + setting)) {
        return new NameSetting(
            text.substring(PREFIX.length(), end).toLowerCase(Locale.ROOT), setting);
      }
    }
    return null;
  }

  /** Returns whether it is a name that a certificate may have. */
  boolean hasName() {
    return PeerNames.isDns(name);
  }

  @Override
  public String toString() {
    return PREFIX + name + "." + setting;
  }
}
