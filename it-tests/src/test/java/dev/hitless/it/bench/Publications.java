package dev.hitless.it.bench;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.renew.publish.Disk;
import dev.hitless.renew.publish.PublicationException;
import dev.hitless.renew.publish.Publisher;
import dev.hitless.renew.publish.RealDisk;
import dev.hitless.renew.publish.Target;
import dev.hitless.testing.KeyStores;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What it costs to put an identity onto the disk so that no crash loses it, beside a bare write of
 * the same bytes; and which part of it is waiting for the disk. In this very JVM.
 */
final class Publications implements Benchmark {
  private static final int WARM_UP = 10;
  private static final int PUBLICATIONS = 60;

  @Override
  public List<Line> run(Lab lab, Jdk jdk) throws IOException {
    List<Line> lines = new ArrayList<>();
    if (jdk.feature() == Runtime.version().feature()) {
      char[] password = "changeit".toCharArray();
      Path pem = lab.folder().resolve("published.pem");
      Path store = lab.folder().resolve("published.p12");
      List<char[]> none = Collections.emptyList();
      lines.add(line(lab, "PEM", new Target(Location.pem(List.of(pem), none), "pem-0")));
      lines.add(
          line(
              lab,
              "p12",
              new Target(Location.keyStore(store, "PKCS12", null, password, none), "server")));
    }
    return lines;
  }

  private static Line line(Lab lab, String format, Target target) throws IOException {
    TestCa ca = TestCa.create("bench root").intermediate("bench issuing");
    Path file = target.location().files().get(0);
    Identity held = ca.issue("EC", "localhost");
    Files.write(
        file,
        format.equals("PEM")
            ? Pems.bytes(Pems.combined(held))
            : KeyStores.pkcs12("server", held, "changeit"));
    LongAdder forced = new LongAdder();
    Publisher publisher = new Publisher(timed(forced), 5, note -> {}, Clock.systemUTC());
    List<Double> all = new ArrayList<>();
    List<Double> waiting = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    for (int i = 0; i < WARM_UP + lab.scaled(PUBLICATIONS, 10); i++) {
      Identity next = ca.issue("EC", "localhost");
      forced.reset();
      long begun = System.nanoTime();
      try {
        publisher.publish(target, held, next, () -> {});
      } catch (PublicationException e) {
        throw new IOException(e);
      }
      long published = System.nanoTime();
      byte[] content = Files.readAllBytes(file);
      long read = System.nanoTime();
      Files.write(file.resolveSibling("bare"), content);
      long written = System.nanoTime();
      held = next;
      if (i >= WARM_UP) {
        all.add((published - begun) / 1e6);
        waiting.add(forced.sum() / 1e6);
        bare.add((written - read) / 1e6);
      }
    }
    return new Line(
        "publication, " + format,
        Integer.toString(Runtime.version().feature()),
        "%s ms, of which fsync %s ms; a bare write %s ms"
            .formatted(
                Sample.of(all).show("%.1f"),
                Sample.of(waiting).show("%.1f"),
                Sample.of(bare).show("%.2f")),
        "fsync " + Sample.ratios(waiting, all).show("%.2f"),
        "",
        true);
  }

  private static Disk timed(LongAdder forced) {
    Disk disk = new RealDisk();
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              long begun = System.nanoTime();
              try {
                return method.invoke(disk, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (method.getName().startsWith("force")) {
                  forced.add(System.nanoTime() - begun);
                }
              }
            });
  }
}
