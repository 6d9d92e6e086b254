package dev.hitless.it;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.server.Catalog;
import dev.hitless.it.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which servers run on which JDKs: {@code -Dhitless.it=tomcat-9-pem@8,netty-pem} picks some; the
 * environment variable {@code HITLESS_IT=full} takes all; else a quick few run on the lowest and
 * the highest JDK that each supports.
 */
final class Selection {
  private final Bench bench;
  private final NavigableMap<Integer, Jdk> jdks;

  Selection(Bench bench, NavigableMap<Integer, Jdk> jdks) {
    this.bench = bench;
    this.jdks = jdks;
  }

  List<ServerRun> runs() {
    String picked = System.getProperty("hitless.it", "");
    if (!picked.isEmpty()) {
      return picked(picked);
    }
    List<ServerRun> runs = new ArrayList<>();
    boolean full = "full".equals(System.getenv("HITLESS_IT"));
    for (Server server : full ? Catalog.all() : Catalog.quick()) {
      List<Integer> supported = supported(server);
      List<Integer> some =
          supported.isEmpty()
              ? supported
              : List.of(supported.get(0), supported.get(supported.size() - 1));
      for (int feature : new TreeSet<>(full ? supported : some)) {
        runs.add(run(server, jdks.get(feature)));
      }
    }
    return runs;
  }

  private List<ServerRun> picked(String names) {
    List<ServerRun> runs = new ArrayList<>();
    for (String name : names.split(",")) {
      String[] parts = name.strip().split("@", 2);
      Optional<Server> server =
          Catalog.all().stream().filter(each -> each.name().equals(parts[0])).findFirst();
      if (server.isEmpty()) {
        throw new IllegalArgumentException(
            "no such server: " + parts[0] + "; there are " + Catalog.all());
      }
      List<Integer> features =
          parts.length == 2 ? List.of(Integer.valueOf(parts[1])) : supported(server.get());
      for (int feature : features) {
        Jdk jdk = jdks.get(feature);
        if (jdk == null) {
          throw new IllegalArgumentException("JDK " + feature + " was not found for " + name);
        }
        runs.add(run(server.get(), jdk));
      }
    }
    return runs;
  }

  /** On the highest JDK of each server with the flag only, on others with less work to start. */
  private ServerRun run(Server server, Jdk jdk) {
    List<Integer> supported = supported(server);
    boolean highest = supported.isEmpty() || jdk.feature() >= supported.get(supported.size() - 1);
    return new ServerRun(bench, server, jdk, highest ? List.of() : Jdk.BRISK);
  }

  private List<Integer> supported(Server server) {
    return server.jdks().stream().filter(jdks::containsKey).toList();
  }
}
