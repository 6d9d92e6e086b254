package dev.hitless.session.tomcat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An endpoint that makes the contexts of a host anew when it is asked to. */
public class Endpoint {
  public final Map<String, HostConfig> hosts = new LinkedHashMap<>();
  public final List<String> reloaded = new ArrayList<>();
  public final List<ClassLoader> loaders = new ArrayList<>();

  public HostConfig host(String name) {
    return hosts.computeIfAbsent(name, HostConfig::new);
  }

  public HostConfig[] findSslHostConfigs() {
    return hosts.values().toArray(new HostConfig[0]);
  }

  public void reloadSslHostConfig(String name) {
    loaders.add(Thread.currentThread().getContextClassLoader());
    hosts.get(name).load();
    reloaded.add(name);
  }
}
