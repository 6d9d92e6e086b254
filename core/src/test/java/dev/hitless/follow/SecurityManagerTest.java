package dev.hitless.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hitless.material.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AccessControlContext;
import java.security.AccessControlException;
import java.security.AccessController;
import java.security.Permission;
import java.security.Policy;
import java.security.PrivilegedAction;
import java.security.PrivilegedExceptionAction;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a SecurityManager, which newer platforms no longer have, on Java 8. */
class SecurityManagerTest {
  private static final Pki CA = Pki.root("Root");
  private static final Identity A = CA.leaf("a.example").identity();
  private static final Identity B = CA.leaf("a.example").identity();

  /** Code that is allowed nothing. */
  private static final AccessControlContext NOBODY =
      new AccessControlContext(new ProtectionDomain[] {new ProtectionDomain(null, null)});

  @TempDir Path directory;
  private Policy policy;

  @BeforeEach
  void forbid() {
    assumeTrue("1.8".equals(System.getProperty("java.specification.version")));
    policy = Policy.getPolicy();
    Policy.setPolicy(
        new Policy() {
          @Override
          public boolean implies(ProtectionDomain domain, Permission permission) {
            return true;
          }
        });
    System.setSecurityManager(
        new SecurityManager() {
          @Override
          public void checkAccess(Thread thread) {
            if (thread.getState() != Thread.State.NEW) {
              checkPermission(new RuntimePermission("modifyThread"));
            }
          }
        });
  }

  @AfterEach
  void allow() {
    if (policy != null) {
      System.setSecurityManager(null);
      Policy.setPolicy(policy);
    }
  }

  @Test
  void codeThatIsAllowedNothingCanStillStartAndWakeTheLoop() throws Exception {
    Recorder told = new Recorder();
    Path store = directory.resolve("store");
    Files.write(store, ToyOrigin.store(Collections.singletonMap("x", A)));
    ToyOrigin origin = new ToyOrigin(store);
    Thread[] started = new Thread[1];
    try (RunningLoop running =
        AccessController.doPrivileged(
            (PrivilegedExceptionAction<RunningLoop>) () -> new RunningLoop(Noticing.EVENTS),
            NOBODY)) {
      started[0] = running.thread;
      running.follow(origin, A, told);
      asNobody(
          () ->
              assertThatThrownBy(() -> started[0].interrupt())
                  .isInstanceOf(AccessControlException.class));
      for (int i = 0; i < 100; i++) {
        CountDownLatch ran = new CountDownLatch(1);
        asNobody(() -> running.loop.execute(ran::countDown));
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
      }
      Files.write(store, ToyOrigin.store(Collections.singletonMap("x", B)));
      told.awaitGeneration(2, B);
      assertThat(running.failures).isEmpty();
    }
  }

  private static void asNobody(Runnable action) {
    AccessController.doPrivileged(
        (PrivilegedAction<Void>)
            () -> {
              action.run();
              return null;
            },
        NOBODY);
  }
}
