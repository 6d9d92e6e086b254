package dev.hitless.renew.publish;

import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A program that publishes, and stops for ever before the operation of a given number, for another
 * process to kill it there. Prints {@code at N} then, or {@code done} if it never got there.
 */
public final class SteppedPublication {
  private SteppedPublication() {}

  /**
   * Publishes.
   *
   * @param arguments the {@link Shape}, the directory of the files, a PKCS12 keystore with the next
   *     identity, and the number of the operation
   */
  public static void main(String[] arguments) throws Exception {
    Target target = Shape.valueOf(arguments[0]).target(Paths.get(arguments[1]));
    Location source =
        Location.keyStore(
            Paths.get(arguments[2]),
            "PKCS12",
            null,
            Shape.PASSWORD.toCharArray(),
            Collections.emptyList());
    Disk disk = stopping(new RealDisk(), Integer.parseInt(arguments[3]));
    new Publisher(disk, 5, note -> {}, Clock.systemUTC())
        .publish(target, read(target.location()).get(0), read(source).get(0), () -> {});
    System.out.println("done");
  }

  private static List<Identity> read(Location location) throws Exception {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : location.files()) {
      contents.add(Files.readAllBytes(file));
    }
    return new ArrayList<>(location.parse(contents).values());
  }

  private static Disk stopping(Disk disk, int at) {
    int[] count = {0};
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              boolean writes = method.getReturnType() == void.class;
              if (writes && count[0]++ == at) {
                System.out.println("at " + at + ": " + method.getName());
                Thread.sleep(Long.MAX_VALUE);
              }
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() instanceof IOException ? e.getCause() : e;
              }
            });
  }

  /** Makes the files, and the keystore with the next identity; for the other process. */
  public static void prepare(
      String shape, Path directory, Path next, Identity first, Identity second) throws IOException {
    for (java.util.Map.Entry<String, byte[]> file : Shape.valueOf(shape).files(first).entrySet()) {
      Files.createDirectories(directory.resolve(file.getKey()).getParent());
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    Files.write(next, dev.hitless.testing.KeyStores.pkcs12("next", second, Shape.PASSWORD));
  }

  /** Publishes to the end; for the other process. */
  public static void publishAgain(String shape, Path directory, Identity held, Identity next)
      throws PublicationException {
    new Publisher(new RealDisk(), 5, note -> {}, Clock.systemUTC())
        .publish(Shape.valueOf(shape).target(directory), held, next, () -> {});
  }

  /** Returns what the files hold now, as a server reads them; for the other process. */
  public static Identity held(String shape, Path directory) throws Exception {
    return read(Shape.valueOf(shape).target(directory).location()).get(0);
  }
}
