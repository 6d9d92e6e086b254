package dev.hitless.renew.publish;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * The real file system for tests that publish often: it does not wait until the disk would survive
 * a power cut, which no killed process can tell from the real thing.
 */
public final class UnforcedDisk {
  private UnforcedDisk() {}

  /** Returns a disk whose {@code force} methods return at once. */
  public static Disk create() {
    Disk real = new RealDisk();
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("force")) {
                return null;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() instanceof IOException ? e.getCause() : e;
              }
            });
  }
}
