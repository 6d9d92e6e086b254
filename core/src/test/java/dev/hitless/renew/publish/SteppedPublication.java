package dev.hitless.renew.publish;

import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.testing.KeyStores;
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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program with many publications on their way, each of which has stopped for ever before its
 * operation of another number, for another process to kill them all there.
 */
public final class SteppedPublication {
  private final Shape shape;
  private final Location source;
  private final Path directory;
  private final int step;
  private final CompletableFuture<String> end = new CompletableFuture<>();

  private SteppedPublication(Shape shape, Location source, Path directory, int step) {
    this.shape = shape;
    this.source = source;
    this.directory = directory;
    this.step = step;
  }

  /**
   * Publishes in one folder after the other, each time one operation further, and prints for each
   * {@code at N: operation}; the first that has no such operation prints {@code done}, and is the
   * last.
   *
   * @param arguments the {@link Shape}, the folder of the {@linkplain #folder folders}, and a
   *     PKCS12 keystore with the next identity
   */
  public static void main(String[] arguments) throws Exception {
    Location source =
        Location.keyStore(
            Paths.get(arguments[2]),
            "PKCS12",
            null,
            Shape.PASSWORD.toCharArray(),
            Collections.emptyList());
    String said = "";
    for (int step = 0; !said.equals("done"); step++) {
      SteppedPublication publication =
          new SteppedPublication(
              Shape.valueOf(arguments[0]), source, folder(Paths.get(arguments[1]), step), step);
      Thread thread = new Thread(publication::publish);
      thread.setDaemon(true);
      thread.start();
      said = publication.end.get();
      System.out.println(said);
    }
    Thread.sleep(Long.MAX_VALUE);
  }

  /** Returns where the publication that stops before an operation has its files. */
  public static Path folder(Path folders, int step) {
    return folders.resolve("at-" + step);
  }

  private void publish() {
    try {
      Target target = shape.target(directory);
      new Publisher(stopping(UnforcedDisk.create()), 5, note -> {}, Clock.systemUTC())
          .publish(target, read(target.location()).get(0), read(source).get(0), () -> {});
      end.complete("done");
    } catch (Exception e) {
      end.completeExceptionally(e);
    }
  }

  private static List<Identity> read(Location location) throws Exception {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : location.files()) {
      contents.add(Files.readAllBytes(file));
    }
    return new ArrayList<>(location.parse(contents).values());
  }

  private Disk stopping(Disk disk) {
    AtomicInteger count = new AtomicInteger();
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              boolean writes = method.getReturnType() == void.class;
              if (writes && count.getAndIncrement() == step) {
                end.complete("at " + step + ": " + method.getName());
                Thread.sleep(Long.MAX_VALUE);
              }
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() instanceof IOException ? e.getCause() : e;
              }
            });
  }

  /** Makes the same files in each of the first folders; for the other process. */
  public static void prepare(String shape, Path folders, int count, Identity first)
      throws IOException {
    Map<String, byte[]> files = Shape.valueOf(shape).files(first);
    for (int step = 0; step < count; step++) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = folder(folders, step).resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    }
  }

  /** Makes the keystore with the next identity; for the other process. */
  public static void prepareNext(Path next, Identity second) throws IOException {
    Files.write(next, KeyStores.pkcs12("next", second, Shape.PASSWORD));
  }

  /** Publishes to the end; for the other process. */
  public static void publishAgain(String shape, Path directory, Identity held, Identity next)
      throws PublicationException {
    new Publisher(UnforcedDisk.create(), 5, note -> {}, Clock.systemUTC())
        .publish(Shape.valueOf(shape).target(directory), held, next, () -> {});
  }

  /** Returns what the files hold now, as a server reads them; for the other process. */
  public static Identity held(String shape, Path directory) throws Exception {
    return read(Shape.valueOf(shape).target(directory).location()).get(0);
  }
}
