package dev.hitless.material;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies of passwords: what a caller does with its arrays afterwards changes nothing here. */
public final class Passwords {
  private Passwords() {}

  /** Returns a copy, or null of null. */
  public static char @Nullable [] copy(char @Nullable [] password) {
    return password == null ? null : Arrays.copyOf(password, password.length);
  }

  /** Returns copies of distinct passwords in their order; unmodifiable. */
  public static List<char[]> copy(List<char[]> passwords) {
    List<char[]> copies = new ArrayList<>();
    for (char[] password : passwords) {
      boolean known = false;
      for (char[] copy : copies) {
        known |= Arrays.equals(copy, password);
      }
      if (!known) {
        copies.add(Arrays.copyOf(password, password.length));
      }
    }
    return Collections.unmodifiableList(copies);
  }
}
