package dev.hitless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hitless.follow.PemOrigin;
import dev.hitless.material.Identity;
import dev.hitless.material.MaterialException;
import dev.hitless.renew.publish.Disk;
import dev.hitless.renew.publish.Publisher;
import dev.hitless.renew.publish.RealDisk;
import dev.hitless.renew.publish.Repair;
import dev.hitless.renew.publish.Target;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MendingOriginTest {
  private static final TestCa CA = TestCa.create("Mending CA");

  @TempDir Path directory;
  private final Identity old = CA.issue("EC", "mend.example.test");
  private final Identity next = CA.issue("EC", "mend.example.test");
  private PemOrigin plain;
  private MendingOrigin mending;

  @BeforeEach
  void prepare() throws Exception {
    Path cert = Files.write(directory.resolve("cert.pem"), Pems.bytes(Pems.chain(old)));
    Path key = Files.write(directory.resolve("key.pem"), Pems.bytes(Pems.key(old)));
    plain = new PemOrigin(Arrays.asList(cert, key), Collections.emptyList());
    mending = new MendingOrigin(plain, new Repair(new RealDisk(), note -> {}));
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A publication whose process ends between the two files. */
  private void publishHalf() {
    Disk real = new RealDisk();
    int[] placed = new int[1];
    Disk dying =
        (Disk)
            Proxy.newProxyInstance(
                Disk.class.getClassLoader(),
                new Class<?>[] {Disk.class},
                (proxy, method, arguments) -> {
                  boolean places =
                      method.getName().equals("rename")
                          && directory.toRealPath().equals(((Path) arguments[1]).getParent());
                  if (places && ++placed[0] == 2) {
                    throw new Killed();
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    Publisher publisher = new Publisher(dying, 5, note -> {}, Clock.systemUTC());
    assertThatThrownBy(
            () -> publisher.publish(new Target(plain.location(), "pem-0"), old, next, () -> {}))
        .isInstanceOf(Killed.class);
  }

  @Test
  void completesAHalfWrittenPairBeforeAnyoneDoubtsIt() throws Exception {
    publishHalf();
    assertThatThrownBy(() -> plain.parse(plain.read())).isInstanceOf(MaterialException.class);
    Identity found = mending.parse(mending.read()).identities().get("pem-0");
    assertThat(found).isIn(old, next);
    assertThat(plain.parse(plain.read()).identities()).containsValue(found);
  }

  @Test
  void leavesAMismatchAloneThatNoRenewalMade() throws Exception {
    Files.write(directory.resolve("key.pem"), Pems.bytes(Pems.key(next)));
    assertThatThrownBy(() -> mending.parse(mending.read()))
        .isInstanceOf(MaterialException.class)
        .hasMessageContaining("belongs to none");
    assertThat(directory.resolve(".hitless")).doesNotExist();
  }
}
