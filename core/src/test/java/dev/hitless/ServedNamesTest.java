package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hitless.material.Identity;
import dev.hitless.policy.LeafNames;
import dev.hitless.serve.Interceptor;
import dev.hitless.serve.RotatingKeyManager;
import dev.hitless.testing.TestCa;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Test;

/** The names of what key managers serve that the application wrote itself. */
class ServedNamesTest {
  private static final Identity IDENTITY = TestCa.create("Own").issue("EC", "own.example");

  private final List<RotatingKeyManager> found = new ArrayList<>();
  private final Interceptor interceptor = new Interceptor(found::add);
  private final ServedNames names = new ServedNames(interceptor);

  /** One that reads its key anew whenever it likes, as some do, and so makes key managers. */
  private final class Own implements X509KeyManager {
    final List<Boolean> entered = new ArrayList<>();
    boolean failing;

    private String[] aliases() {
      if (failing) {
        throw new IllegalStateException("it does not like the question");
      }
      entered.add(interceptor.foreignCode().isEntered());
      return new String[] {"own"};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return aliases();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return aliases();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return IDENTITY.chainArray();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return IDENTITY.key();
    }
  }

  private void use(X509KeyManager manager) throws Exception {
    interceptor.contextInit(SSLContext.getInstance("TLS"), new KeyManager[] {manager});
  }

  /** Else the agent would take what is made meanwhile for hitless's own, and leave it alone. */
  @Test
  void theHitlessThreadSaysThatItIsInsideCodeOfTheApplication() throws Exception {
    Own own = new Own();
    use(own);

    Set<LeafNames> all = names.ofAll(found);

    assertThat(all).hasSize(1);
    assertThat(all.iterator().next().all()).containsExactly("own.example");
    assertThat(own.entered).isNotEmpty().doesNotContain(false);
    assertThat(interceptor.foreignCode().isEntered()).isFalse();
  }

  @Test
  void nothingIsKnownWhereOneDoesNotAnswer() throws Exception {
    use(new Own());
    Own silent = new Own();
    silent.failing = true;
    use(silent);

    assertThat(names.ofAll(found)).isEmpty();
    assertThat(interceptor.foreignCode().isEntered()).isFalse();
  }
}
