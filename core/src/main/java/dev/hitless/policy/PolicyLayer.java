package dev.hitless.policy;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lays the policy in force over the parameters of one handshake: what both permit is what holds, in
 * the application's own order. The application's parameters themselves stay as they are.
 *
 * <p>Called on the threads of handshakes. Thread-safe; takes no lock, and does no I/O.
 */
public final class PolicyLayer implements UnaryOperator<Object[]> {
  /** How the names of values end that are no cipher suites but signals (RFC 5746, section 3.3). */
  private static final String SIGNAL = "_SCSV";

  /** There are as many sets of names as there are contexts. */
  private static final int MOST_NOTICES = 200;

  private final Supplier<@Nullable Policies> inForce;
  private final NamesServed names;
  private final Consumer<String> notices;
  private final Set<String> noticed = ConcurrentHashMap.newKeySet();

  /**
   * Creates the layer.
   *
   * @param names tells what a context serves; asked only while there are policies of names
   * @param notices is told, once each, what a person should know; must only hand it on
   */
  public PolicyLayer(
      Supplier<@Nullable Policies> inForce, NamesServed names, Consumer<String> notices) {
    this.inForce = inForce;
    this.names = names;
    this.notices = notices;
  }

  @Override
  public Object[] apply(Object[] given) {
    Policies policies = inForce.get();
    if (policies != null && !policies.isEmpty()) {
      lay(policyOf(policies, given), given);
    }
    return given;
  }

  private Policy policyOf(Policies policies, Object[] given) {
    boolean socket = given[PolicyHooks.TRANSPORT] instanceof Socket;
    if (policies.hasPorts() && socket) {
      Policy own = policies.ofPort(((Socket) given[PolicyHooks.TRANSPORT]).getLocalPort());
      if (own != null) {
        return own;
      }
    }
    Policy policy = policies.process();
    if (policies.hasNames()) {
      NamedPolicies.Choice choice =
          policies.ofNames(names.ofContext(given[PolicyHooks.KEY_MANAGER]));
      if (choice.notice != null) {
        notice(choice.notice);
      }
      policy = choice.policy;
    }
    if (policies.hasPorts() && !socket && policy == policies.process()) {
      notice(
          "hitless.policy.port.… holds for sockets only: this server uses SSLEngine, which does not"
              + " know its port, so what is set for the process holds for all its ports;"
              + " hitless.policy.name.… can tell apart what has certificates of its own");
    }
    return policy;
  }

  private void lay(Policy policy, Object[] given) {
    if (policy.restrictsProtocols()) {
      given[PolicyHooks.PROTOCOLS] = protocols(policy, (List<?>) given[PolicyHooks.PROTOCOLS]);
    }
    if (!policy.suites().permitsAll()) {
      given[PolicyHooks.SUITES] = suites(policy, (List<?>) given[PolicyHooks.SUITES]);
    }
    if (!policy.groups().permitsAll()) {
      String[] groups = (String[]) given[PolicyHooks.GROUPS];
      if (groups == null) {
        notice(
            "hitless.policy.named-groups and .denied-named-groups have no effect on this JDK, which"
                + " takes named groups from Java 20 on; use the system property"
                + " jdk.tls.namedGroups and restart");
      } else {
        given[PolicyHooks.GROUPS] = groups(policy, groups);
      }
    }
    if (policy.clientAuth() == ClientAuth.NEED) {
      given[PolicyHooks.CLIENT_AUTH] = given[PolicyHooks.NEED];
    } else if (policy.clientAuth() == ClientAuth.WANT
        && given[PolicyHooks.CLIENT_AUTH] != given[PolicyHooks.NEED]) {
      given[PolicyHooks.CLIENT_AUTH] = given[PolicyHooks.WANT];
    }
  }

  private List<?> protocols(Policy policy, List<?> enabled) {
    List<Object> left = new ArrayList<>(enabled.size());
    for (Object each : enabled) {
      if (policy.permitsProtocol(((Enum<?>) each).name())) {
        left.add(each);
      }
    }
    return left(left, enabled, "protocol version");
  }

  private List<?> suites(Policy policy, List<?> enabled) {
    List<Object> left = new ArrayList<>(enabled.size());
    for (Object each : enabled) {
      String name = ((Enum<?>) each).name();
      if (name.endsWith(SIGNAL) || policy.suites().permits(name)) {
        left.add(each);
      }
    }
    return left(left, enabled, "cipher suite");
  }

  private List<?> left(List<?> left, List<?> enabled, String what) {
    if (left.isEmpty()) {
      noticeNothingLeft(what);
    }
    return left.size() < enabled.size() ? left : enabled;
  }

  private String[] groups(Policy policy, String[] enabled) {
    List<String> left = new ArrayList<>(enabled.length);
    for (String name : enabled) {
      if (policy.groups().permits(name)) {
        left.add(name);
      }
    }
    if (left.isEmpty()) {
      noticeNothingLeft("named group");
    }
    return left.toArray(new String[0]);
  }

  private void noticeNothingLeft(String what) {
    notice(
        "hitless.policy.… permits no "
            + what
            + " that the application has enabled: handshakes fail until one of the two is changed");
  }

  private void notice(String text) {
    if (!noticed.contains(text) && noticed.size() < MOST_NOTICES && noticed.add(text)) {
      notices.accept(text);
    }
  }
}
