package app;

import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.SearchControls;
import javax.naming.ldap.InitialLdapContext;

/** LDAP by JNDI, over the JVM's default context. */
final class LdapClient implements Client {
  private final int port;
  private InitialLdapContext held;

  LdapClient(int port) {
    this.port = port;
  }

  @Override
  public void held() throws NamingException {
    if (held == null) {
      held = bind();
    }
    search(held);
  }

  @Override
  public void fresh() throws NamingException {
    InitialLdapContext context = bind();
    search(context);
    context.close();
  }

  private InitialLdapContext bind() throws NamingException {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
    environment.put(Context.PROVIDER_URL, "ldaps://localhost:" + port);
    return new InitialLdapContext(environment, null);
  }

  private static void search(InitialLdapContext context) throws NamingException {
    context.search("dc=example", "(uid=nobody)", new SearchControls()).hasMore();
  }
}
