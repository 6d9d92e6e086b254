package dev.hitless.renew.publish;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk that tells of each operation before it makes it. */
public final class WatchedDisk {
  /** Is told of operations. */
  public interface Watcher {
    /**
     * An operation is about to be made.
     *
     * @param operation the name of the method of {@link Disk}
     * @param paths those that it is given, in their order
     */
    void before(String operation, Path... paths) throws Exception;
  }

  private WatchedDisk() {}

  /** Returns a disk that does what another one does. */
  public static Disk of(Disk disk, Watcher watcher) {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              Path[] paths =
                  Arrays.stream(arguments)
                      .filter(each -> each instanceof Path)
                      .toArray(Path[]::new);
              watcher.before(method.getName(), paths);
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
