package dev.hitless.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the handshakes of a process, of one of its ports, or of a name, must keep to.
 *
 * <p>Immutable and thread-safe.
 */
final class Policy {
  private final @Nullable Protocol lowest;
  private final @Nullable Protocol highest;
  private final ClientAuth clientAuth;
  private final NameFilter suites;
  private final NameFilter groups;
  private final PeerRules peers;

  private Policy(Reading reading) {
    lowest = reading.one("min-protocol", Protocol::parse, null);
    Protocol most = reading.one("max-protocol", Protocol::parse, null);
    if (lowest != null && most != null && most.compareTo(lowest) < 0) {
      reading.problem("max-protocol", " is below min-protocol=" + lowest);
      most = null;
    }
    highest = most;
    ClientAuth asked = reading.one("client-auth", ClientAuth::parse, ClientAuth.NONE);
    clientAuth = asked == null ? ClientAuth.NONE : asked;
    suites = reading.filter("cipher-suites", "denied-cipher-suites");
    groups = reading.filter("named-groups", "denied-named-groups");
    String role = reading.one("peer.role", Policy::role, "any");
    List<String> names = reading.list("peer.san");
    List<String> pins = reading.list("peer.pins");
    peers =
        new PeerRules(
            names.isEmpty() ? null : reading.made("peer.san", names, PeerNames::new),
            pins.isEmpty() ? null : reading.made("peer.pins", pins, PeerPins::new),
            !"server".equals(role),
            !"client".equals(role));
  }

  private static String role(String text) {
    if (text.equals("any") || text.equals("client") || text.equals("server")) {
      return text;
    }
    throw new IllegalArgumentException("is none of [any, client, server]");
  }

  /**
   * Reads a policy. A value that makes no sense is named among the problems and left out.
   *
   * @param values by their names without any prefix
   * @param nameOf gives the full name of such a name
   * @param problems is given the full name, and what follows it in a sentence
   */
  static Policy read(
      Map<String, String> values,
      UnaryOperator<String> nameOf,
      BiConsumer<String, String> problems) {
    Reading reading = new Reading(values, nameOf, problems);
    Policy policy = new Policy(reading);
    reading.complainOfOthers();
    return policy;
  }

  /** Returns the items of a list between commas or semicolons; unmodifiable. */
  static List<String> items(String text) {
    List<String> items = new ArrayList<>();
    for (String item : text.split("[,;]")) {
      if (!item.trim().isEmpty()) {
        items.add(item.trim());
      }
    }
    return Collections.unmodifiableList(items);
  }

  boolean permitsProtocol(String jdkName) {
    Protocol protocol = Protocol.ofJdk(jdkName);
    if (protocol == null) {
      return !jdkName.equals("SSL30") || lowest == null;
    }
    return (lowest == null || protocol.compareTo(lowest) >= 0)
        && (highest == null || protocol.compareTo(highest) <= 0);
  }

  boolean restrictsProtocols() {
    return lowest != null || highest != null;
  }

  ClientAuth clientAuth() {
    return clientAuth;
  }

  NameFilter suites() {
    return suites;
  }

  NameFilter groups() {
    return groups;
  }

  PeerRules peers() {
    return peers;
  }

  /** The settings of one policy while they are read; owned by the reading thread. */
  private static final class Reading {
    private final Map<String, String> left;
    private final UnaryOperator<String> nameOf;
    private final BiConsumer<String, String> problems;

    Reading(
        Map<String, String> values,
        UnaryOperator<String> nameOf,
        BiConsumer<String, String> problems) {
      this.left = new TreeMap<>(values);
      this.nameOf = nameOf;
      this.problems = problems;
    }

    private interface Form<A, T> {
      @Nullable T of(A text);
    }

    void problem(String name, String what) {
      problems.accept(nameOf.apply(name), what);
    }

    <T> @Nullable T one(String name, Form<String, T> form, @Nullable T standard) {
      String text = left.remove(name);
      if (text == null) {
        return standard;
      }
      try {
        return form.of(text);
      } catch (IllegalArgumentException e) {
        problem(name, "=" + text + " " + e.getMessage());
        return standard;
      }
    }

    /** A list that is there but empty would permit nothing, or all: nobody can tell. */
    List<String> list(String name) {
      String text = left.remove(name);
      List<String> items = text == null ? Collections.emptyList() : items(text);
      if (text != null && items.isEmpty()) {
        problem(name, " is empty; leave it out if it is to restrict nothing");
      }
      return items;
    }

    <T> @Nullable T made(String name, List<String> items, Form<List<String>, T> form) {
      try {
        return form.of(items);
      } catch (IllegalArgumentException e) {
        problem(name, " " + e.getMessage());
        return null;
      }
    }

    NameFilter filter(String allowed, String denied) {
      return new NameFilter(names(allowed), names(denied));
    }

    private List<String> names(String name) {
      List<String> names = list(name);
      try {
        NameFilter.check(names);
        return names;
      } catch (IllegalArgumentException e) {
        problem(name, " " + e.getMessage());
        return Collections.emptyList();
      }
    }

    void complainOfOthers() {
      for (String name : left.keySet()) {
        problem(name, " is no setting of a policy; known are " + Policies.KNOWN);
      }
    }
  }
}
