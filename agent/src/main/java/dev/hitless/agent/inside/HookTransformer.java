package dev.hitless.agent.inside;

import dev.hitless.agent.HookedTypes;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets all classes pass but the few that carry hooks; nothing of the weaver is loaded before one of
 * those comes along.
 *
 * <p>Called by the JVM on whatever thread loads a class. Thread-safe, takes no lock; whatever
 * fails, the class stays as it is.
 */
final class HookTransformer implements ClassFileTransformer {
  private final Set<String> types = new HashSet<>();
  private final Dispatcher listener;
  private final NativeTls nativeTls;

  private final Boundary boundary;

  /**
   * Creates the transformer.
   *
   * @param listener is told what a person should know; must only hand it on
   * @param boundary is told when a class cannot be given its hooks
   */
  HookTransformer(Dispatcher listener, Boundary boundary) {
    this.listener = listener;
    this.nativeTls = listener.nativeTls();
    this.boundary = boundary;
    for (Hook hook : Hook.values()) {
      types.add(hook.type);
    }
  }

  boolean carriesHooks(Class<?> type) {
    String name = type.getName().replace('.', '/');
    return type.getClassLoader() == null
        ? types.contains(name)
        : name.endsWith(HookedTypes.NETTY_CONTEXT) || name.endsWith(HookedTypes.NETTY_KEYS);
  }

  /** Weaves the hooks into a class that was loaded before this transformer was there. */
  void retransform(Instrumentation instrumentation, Class<?> type) {
    try {
      instrumentation.retransformClasses(type);
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      failed(type.getName().replace('.', '/'), e);
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (name == null) {
      return null;
    }
    if (loader != null || !types.contains(name)) {
      return ofApplication(name, bytes);
    }
    try {
      if (name.equals(HookedTypes.KEY_STORE) || name.startsWith("javax/net/ssl/")) {
        listener.expectTls();
      }
      return Weaver.weave(name, bytes);
    } catch (Throwable t) {
      failed(name, t);
      return null;
    }
  }

  /** A class of the application: it tells when it is used, or stays as it is. */
  private byte @Nullable [] ofApplication(String name, byte[] bytes) {
    if (name.endsWith(HookedTypes.NETTY_KEYS)) {
      return ofNettysKeys(name, bytes);
    }
    if (name.equals(HookedTypes.TOMCAT_ENDPOINT)) {
      return ofTomcatsEndpoints(bytes);
    }
    boolean netty = name.endsWith(HookedTypes.NETTY_CONTEXT);
    String notice = netty ? NativeTls.UNSEEN : nativeTls.noticeOf(name);
    if (notice == null) {
      return null;
    }
    try {
      return netty
          ? Weaver.handOver(Weaver.NETTY_CONTEXT, "<init>", bytes)
          : Weaver.announce(name, bytes);
    } catch (RuntimeException | LinkageError e) {
      listener.tell(notice);
      return null;
    }
  }

  /** Where Netty's keys cannot be given their hooks, its contexts say that they are not rotated. */
  private byte @Nullable [] ofNettysKeys(String name, byte[] bytes) {
    byte[] woven = null;
    try {
      woven = NettyKeyWeaver.weave(bytes);
    } catch (RuntimeException | LinkageError e) {
      // It stays as it is.
    }
    if (woven == null) {
      nativeTls.nettyKeeps(name);
    }
    return woven;
  }

  /** Where these cannot be given their hook, Tomcat's OpenSSL says that it is not rotated. */
  private static byte @Nullable [] ofTomcatsEndpoints(byte[] bytes) {
    try {
      return Weaver.handOver(Weaver.TOMCAT_ENDPOINT, "addSslHostConfig", bytes);
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }

  private void failed(String name, Throwable cause) {
    for (Hook hook : Hook.values()) {
      if (hook.type.equals(name)) {
        hook.state = Hook.State.FAILED;
      }
    }
    boundary.notHooked(cause);
  }
}
