package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.policy.LeafNames;
import dev.hitless.policy.Policies;
import dev.hitless.testing.TestCa;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that have a policy but no certificate. */
class UnservedNamesTest {
  private static final TestCa CA = TestCa.create("Unserved");

  private final Map<String, String> settings = new TreeMap<>();
  private final Map<Object, LeafNames> served = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final UnservedNames names =
      new UnservedNames(() -> Policies.of(settings), this::served, warnings::add, notes::add);

  @BeforeEach
  void prepare() {
    settings.put("hitless.policy.name.a.example.min-protocol", "TLSv1.3");
  }

  private Set<LeafNames> served() {
    return served.containsValue(null) ? Collections.emptySet() : new HashSet<>(served.values());
  }

  private void serve(String manager, String... dns) {
    served.put(manager, LeafNames.of(Collections.singletonList(CA.issue("EC", dns).leaf())));
  }

  @Test
  void areSaidOnceNothingElseComes() {
    settings.put("hitless.policy.name.b.exmaple.min-protocol", "TLSv1.3");
    serve("one", "a.example", "www.example");
    names.run();
    assertThat(warnings).isEmpty();
    serve("two", "b.example");
    names.run();
    assertThat(warnings).isEmpty();
    serve("two", "b.example"); // renewed
    names.run();
    names.run();

    assertThat(names.get()).containsExactly("b.exmaple");
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .contains("hitless.policy.name.b.exmaple.", "[a.example, b.example, www.example]");
  }

  @Test
  void areSaidAgainAfterTheyHadACertificate() {
    serve("one", "b.example");
    names.run();
    names.run();
    assertThat(warnings).hasSize(1);

    serve("one", "*.example");
    names.run();
    assertThat(names.get()).isEmpty();
    assertThat(notes)
        .containsExactly("a certificate for a.example is served now, which its policy was missing");

    serve("one", "b.example");
    names.run();
    names.run();
    assertThat(warnings).hasSize(2);
  }

  @Test
  void areNotTakenForServedWhereThatIsNotKnown() {
    serve("one", "b.example");
    names.run();
    names.run();
    served.put("secretive", null);
    names.run();

    assertThat(names.get()).containsExactly("a.example");
    assertThat(notes).isEmpty();
  }

  @Test
  void areForgottenWithTheirPolicy() {
    serve("one", "b.example");
    names.run();
    names.run();
    settings.clear();
    names.run();

    assertThat(names.get()).isEmpty();
    assertThat(notes).isEmpty();
  }

  @Test
  void areNotSaidWhereNothingIsServedOrKnown() {
    names.run();
    names.run();
    served.put("secretive", null);
    serve("one", "b.example");
    names.run();
    names.run();

    assertThat(names.get()).isEmpty();
    assertThat(warnings).isEmpty();
  }
}
