package dev.hitless.policy;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that is configured of policy: that of the process, and that of ports and of DNS names which
 * have one of their own, in which what they do not say is as it is for the process.
 *
 * <p>Immutable and thread-safe. Two are equal if the same settings make them.
 */
public final class Policies {
  /** How the names of all settings of policy begin. */
  public static final String PREFIX = "hitless.policy.";

  static final List<String> KNOWN =
      Collections.unmodifiableList(
          Arrays.asList(
              "min-protocol",
              "max-protocol",
              "cipher-suites",
              "denied-cipher-suites",
              "named-groups",
              "denied-named-groups",
              "client-auth",
              "peer.san",
              "peer.pins",
              "peer.role"));

  private static final Pattern PORT = Pattern.compile("port\\.([^.]+)\\.(.+)");
  private static final Pattern PEERS = Pattern.compile("\\.peer\\.(san|pins|role)$");
  private static final int HIGHEST_PORT = 65_535;

  /** Nothing is configured. Last, since making it needs what is above. */
  public static final Policies NONE = new Policies(Collections.emptyMap());

  private final Map<String, String> settings;
  private final Set<String> problems = new LinkedHashSet<>();
  private final boolean lookingAtPeers;
  private final boolean lookingAtPeersByName;
  private final Policy process;
  private final Map<Integer, Policy> ports = new TreeMap<>();
  private final NamedPolicies names;

  private Policies(Map<String, String> given) {
    Map<String, String> good = new TreeMap<>(given);
    BiConsumer<String, String> complaints =
        (name, what) -> {
          good.remove(name);
          problems.add(name + what);
        };
    Map<String, String> general = new TreeMap<>();
    Map<Integer, Map<String, String>> byPort = new TreeMap<>();
    Map<String, Map<String, String>> byName = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          String rest = name.substring(PREFIX.length());
          Matcher port = PORT.matcher(rest);
          if (rest.startsWith(NameSetting.PREFIX)) {
            NameSetting of = NameSetting.parse(rest);
            if (of == null) {
              complaints.accept(
                  name, " is no DNS name with a setting of a policy; known are " + KNOWN);
            } else if (!of.hasName()) {
              complaints.accept(name, " names no DNS name such as a.example.com or *.example.com");
            } else {
              byName.computeIfAbsent(of.name, n -> new TreeMap<>()).put(of.setting, value);
            }
          } else if (!port.matches()) {
            general.put(rest, value);
          } else if (isPort(port.group(1))) {
            byPort
                .computeIfAbsent(Integer.valueOf(port.group(1)), p -> new TreeMap<>())
                .put(port.group(2), value);
          } else {
            complaints.accept(name, " names no port from 1 to " + HIGHEST_PORT);
          }
        });
    process = Policy.read(general, rest -> PREFIX + rest, complaints);
    general.keySet().retainAll(KNOWN);
    byPort.forEach(
        (port, own) -> {
          Part part = new Part("port." + port + ".", " on port " + port, own);
          ports.put(port, part.read(general, good, complaints));
        });
    Map<Map<String, String>, Policy> same = new HashMap<>();
    same.put(general, process);
    Map<String, Policy> named = new TreeMap<>();
    byName.forEach(
        (name, own) -> {
          Part part = new Part(NameSetting.PREFIX + name + ".", " for " + name, own);
          Policy policy = part.read(general, good, complaints);
          named.put(name, same.computeIfAbsent(part.over(general), all -> policy));
        });
    names = new NamedPolicies(named, process);
    settings = Collections.unmodifiableMap(good);
    lookingAtPeers = !peers().isEmpty();
    lookingAtPeersByName = namesHave(peers());
  }

  /** What is said for one port or one name. */
  private final class Part {
    private final String prefix;
    private final String where;
    private final Map<String, String> own;

    Part(String prefix, String where, Map<String, String> own) {
      this.prefix = PREFIX + prefix;
      this.where = where;
      this.own = own;
    }

    Map<String, String> over(Map<String, String> general) {
      Map<String, String> both = new TreeMap<>(general);
      both.putAll(own);
      return both;
    }

    /** Reads it; what makes no sense is left out, and what the process says of it holds. */
    Policy read(
        Map<String, String> general,
        Map<String, String> good,
        BiConsumer<String, String> complaints) {
      Set<String> bad = new TreeSet<>();
      Policy policy =
          Policy.read(
              over(general),
              rest -> (own.containsKey(rest) ? prefix : PREFIX) + rest,
              (name, what) -> {
                if (name.startsWith(prefix)) {
                  complaints.accept(name, what);
                  bad.add(name.substring(prefix.length()));
                } else if (good.containsKey(name)) {
                  // It makes no sense beside what the part says, and is in force elsewhere.
                  problems.add(name + where + what);
                }
              });
      return own.keySet().removeAll(bad)
          ? Policy.read(over(general), rest -> rest, (name, what) -> {})
          : policy;
    }
  }

  private static boolean isPort(String text) {
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= HIGHEST_PORT;
  }

  /**
   * Reads policies.
   *
   * @param all settings by their full names; those that do not begin with {@link #PREFIX} are left
   *     aside
   */
  public static Policies of(Map<String, String> all) {
    Map<String, String> own = new TreeMap<>();
    all.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            NameSetting of = NameSetting.parse(name.substring(PREFIX.length()));
            own.put(of == null ? name : PREFIX + of, value);
          }
        });
    return new Policies(own);
  }

  /** Returns what makes no sense, in words, each named by its setting; unmodifiable. */
  public List<String> problems() {
    return Collections.unmodifiableList(new ArrayList<>(problems));
  }

  /** Returns the settings that make it, by their full names, without those that make no sense. */
  public Map<String, String> settings() {
    return settings;
  }

  /** Returns whether nothing is configured. */
  public boolean isEmpty() {
    return settings.isEmpty();
  }

  /** Returns whether others say nothing of what these settings are about. */
  public boolean isLiftedBy(Policies others) {
    return !others.settings.keySet().containsAll(settings.keySet());
  }

  /** Returns whether there may be a peer that others let in and these do not. */
  public boolean mayRefuseMorePeersThan(Policies others) {
    Map<String, String> now = peers();
    Map<String, String> before = others.peers();
    if (lookingAtPeersByName || others.lookingAtPeersByName) {
      // Whatever else changed, it may have brought a context under the policy of another name.
      return !now.isEmpty() && !equals(others);
    }
    if (now.keySet().equals(before.keySet())) {
      for (Map.Entry<String, String> each : now.entrySet()) {
        String old = before.get(each.getKey());
        if (!each.getValue().equals(old) && !isLonger(each.getKey(), each.getValue(), old)) {
          return true;
        }
      }
      return false;
    }
    return !now.isEmpty();
  }

  /** Returns whether a list has all that it had before. */
  private static boolean isLonger(String name, String list, @Nullable String before) {
    return !name.endsWith(".role")
        && before != null
        && Policy.items(list).containsAll(Policy.items(before));
  }

  private Map<String, String> peers() {
    Map<String, String> peers = new TreeMap<>(settings);
    peers.keySet().removeIf(name -> !PEERS.matcher(name).find());
    return peers;
  }

  private static boolean namesHave(Map<String, String> settings) {
    return settings.keySet().stream()
        .anyMatch(name -> name.startsWith(PREFIX + NameSetting.PREFIX));
  }

  /** Returns whether peers are looked at. */
  public boolean looksAtPeers() {
    return lookingAtPeers;
  }

  boolean hasPorts() {
    return !ports.isEmpty();
  }

  Policy process() {
    return process;
  }

  /** Returns whether DNS names have policies of their own. */
  public boolean hasNames() {
    return !names.isEmpty();
  }

  /** Returns the DNS names that have policies of their own, in lower case; unmodifiable. */
  public Set<String> names() {
    return names.names();
  }

  /** Returns those of these names, sorted, for which nothing of what is served is. */
  public NavigableSet<String> unserved(Collection<LeafNames> served) {
    return names.unserved(served);
  }

  /** Returns the policy that a local port has of its own; null if none. */
  @Nullable Policy ofPort(int port) {
    return ports.get(port);
  }

  /** Returns what holds for a context with certificates of these names; null if none is known. */
  NamedPolicies.Choice ofNames(@Nullable LeafNames served) {
    return served == null ? names.unknown() : served.under(this, names);
  }

  /** Returns what holds for a connection: a port counts before a name, and that before all. */
  Policy of(int port, @Nullable LeafNames served) {
    Policy own = ofPort(port);
    return own == null ? ofNames(served).policy : own;
  }

  /** Returns whether it hangs on the names of the server's own certificates who is let in. */
  public boolean looksAtPeersByName() {
    return lookingAtPeersByName;
  }

  /**
   * Returns why a peer whose chain was found good is refused all the same, for a person; null if it
   * is let in.
   *
   * @param client whether the peer is a client of this process
   * @param port the local port; of no meaning, such as -1, if it is not known
   * @param served the names that the connection's context is for; null if they are not known
   */
  public @Nullable String refusal(
      X509Certificate leaf, boolean client, int port, @Nullable LeafNames served) {
    return of(port, served).peers().refusal(leaf, client);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Policies && settings.equals(((Policies) other).settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** Returns the settings as they could be written: {@code min-protocol=TLSv1.2, …}. */
  @Override
  public String toString() {
    List<String> texts = new ArrayList<>();
    settings.forEach((name, value) -> texts.add(name.substring(PREFIX.length()) + "=" + value));
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }
}
