package dev.hitless.renew.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ArgumentListTest {
  @Test
  void separatesAtBlanksOutsideQuotes() {
    assertThat(ArgumentList.parse("  a\tb 'c d'  \"e f\"g ''"))
        .containsExactly("a", "b", "c d", "e fg", "");
  }

  @Test
  void takesABackslashAsAnEscapeBetweenDoubleQuotesOnly() {
    assertThat(ArgumentList.parse("C:\\bin\\x \"a\\\"b\\\\c\\d\" 'e\\f'"))
        .containsExactly("C:\\bin\\x", "a\"b\\c\\d", "e\\f");
  }

  @Test
  void saysWhereAQuoteIsNotClosed() {
    assertThatThrownBy(() -> ArgumentList.parse("sign 'a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("character 6");
    assertThatThrownBy(() -> ArgumentList.parse("a \"b\\\""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ArgumentList.parse(" ")).hasMessageContaining("empty");
  }

  @Test
  void fillsPlaceholdersWithoutLookingIntoWhatReplacesThem() {
    assertThat(
            ArgumentList.fill(
                Arrays.asList("--out={cert}", "{cert}{cert}", "{}"),
                Collections.singletonMap("cert", "a {key} $1")))
        .containsExactly("--out=a {key} $1", "a {key} $1a {key} $1", "{}");
    assertThatThrownBy(() -> ArgumentList.fill(Arrays.asList("{crt}"), Collections.emptyMap()))
        .hasMessageContaining("{crt}");
  }
}
