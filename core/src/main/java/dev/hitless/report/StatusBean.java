package dev.hitless.report;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * Registers the status with MBean servers that the application or the JVM made; it never makes one
 * itself, since the first to ask decides of what kind it is.
 *
 * <p>Owned by the hitless thread.
 */
public final class StatusBean {
  private final Supplier<StatusMXBean> status;
  private final Log log;
  private final Set<MBeanServer> servers = Collections.newSetFromMap(new WeakHashMap<>());

  /** Prepares a bean that shows what the supplier gives. */
  public StatusBean(Supplier<StatusMXBean> status, Log log) {
    this.status = status;
    this.log = log;
  }

  /** Registers the status, once in each server. */
  public void register(MBeanServer server) {
    if (!servers.add(server)) {
      return;
    }
    try {
      server.registerMBean(
          new StandardMBean(status.get(), StatusMXBean.class, true),
          new ObjectName("dev.hitless:type=Status"));
    } catch (InstanceAlreadyExistsException e) {
      log.debug("the status is registered already");
    } catch (JMException | RuntimeException e) {
      log.warnOnce("the status is not offered through JMX: " + e);
    }
  }
}
