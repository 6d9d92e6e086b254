package dev.hitless.renew;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.material.Chain;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.renew.issue.IssuerException;
import dev.hitless.testing.TestCa;
import java.nio.file.Paths;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final TestCa OURS = TestCa.create("Our CA");
  private static final TestCa PUBLIC = TestCa.create("Public CA");
  private static final Identity PRIVATE_LEAF = OURS.issue("EC", "db.internal");
  private static final Identity PUBLIC_LEAF = PUBLIC.issue("EC", "www.example.com");
  private static final Location FILE =
      Location.pem(
          Collections.singletonList(Paths.get("/etc/tls/web.pem")), Collections.emptyList());

  private final Way localCa = new NamedWay("local-ca", OURS.certificate());
  private final Way exec = new NamedWay("exec", null);

  private static final class NamedWay implements Way {
    private final String name;
    private final X509Certificate ca;

    NamedWay(String name, X509Certificate ca) {
      this.name = name;
      this.ca = ca;
    }

    @Override
    public boolean issued(X509Certificate leaf) throws IssuerException {
      if (name.equals("gone")) {
        throw new IssuerException("the CA cannot be read", null);
      }
      return ca != null && Chain.issued(ca, leaf);
    }

    @Override
    public Identity renew(Attempt attempt) {
      throw new AssertionError("not asked for here");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Selection selection(List<Way> ways, String... patterns) {
    return new Selection(
        ways, Stream.of(patterns).map(IdentityPattern::of).collect(Collectors.toList()));
  }

  @Test
  void renewsByDefaultOnlyWhatTheCaIssuedItself() throws Exception {
    Selection selection = selection(Arrays.asList(localCa, exec));
    assertThat(selection.ways(FILE, PRIVATE_LEAF)).containsExactly(localCa);
    assertThat(selection.ways(FILE, PUBLIC_LEAF)).isEmpty();
    assertThat(selection.includes(FILE, PUBLIC_LEAF)).isFalse();
    assertThat(selection.whyNot(PUBLIC_LEAF))
        .contains("CN=Public CA", "www.example.com", "hitless.renew.identity");
  }

  @Test
  void renewsNothingByACommandUnlessItIsNamed() throws Exception {
    assertThat(selection(Collections.singletonList(exec)).includes(FILE, PRIVATE_LEAF)).isFalse();
    assertThat(selection(Collections.singletonList(exec), "db.internal").ways(FILE, PRIVATE_LEAF))
        .containsExactly(exec);
  }

  @Test
  void isWidenedByNamesAndPathsInAllWays() throws Exception {
    List<Way> both = Arrays.asList(localCa, exec);
    assertThat(selection(both, "*").ways(FILE, PUBLIC_LEAF)).containsExactly(localCa, exec);
    assertThat(selection(both, "/etc/tls/**").ways(FILE, PUBLIC_LEAF)).hasSize(2);
    assertThat(selection(both, "other", "www.example.com").ways(FILE, PUBLIC_LEAF)).hasSize(2);
  }

  @Test
  void isNarrowedByNames() throws Exception {
    Selection selection = selection(Collections.singletonList(localCa), "www.example.com");
    assertThat(selection.includes(FILE, PRIVATE_LEAF)).isFalse();
    assertThat(selection.whyNot(PRIVATE_LEAF))
        .contains("hitless.renew.identity=[www.example.com]", "db.internal");
  }

  @Test
  void doesNotGuessWhenTheCaCannotBeRead() {
    Selection selection = selection(Collections.singletonList(new NamedWay("gone", null)));
    assertThatThrownBy(() -> selection.includes(FILE, PRIVATE_LEAF))
        .isInstanceOf(IssuerException.class);
  }
}
