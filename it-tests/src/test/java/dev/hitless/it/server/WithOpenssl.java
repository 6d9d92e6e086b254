package dev.hitless.it.server;

import java.io.IOException;
import java.util.List;

/**
 * A Tomcat that is to use OpenSSL: one that does not find the library goes on with JSSE, which
 * would prove nothing.
 *
 * @param launcher configures it
 */
record WithOpenssl(Launcher launcher) implements Launcher {
  @Override
  public List<String> configure(Place place) throws IOException {
    return launcher.configure(place);
  }

  @Override
  public String ready() {
    return "OpenSSL successfully initialized";
  }
}
