package dev.hitless.agent.inside.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTest {
  @Test
  void leavesNothingThatATerminalObeys() {
    assertThat(Plain.line("CN=a\u001b[2J\nb\u009b\u202e")).isEqualTo("CN=a?[2J?b??");
  }

  @Test
  void leavesNamesOfEveryLanguageAsTheyAre() {
    assertThat(Plain.line("CN=m\u00fcnchen, O=\u65e5\u672c"))
        .isEqualTo("CN=m\u00fcnchen, O=\u65e5\u672c");
  }
}
