package dev.hitless.agent.inside;

import dev.hitless.serve.NettyKeys;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks in classes of the application lead to, which are those of native TLS libraries.
 * Thread-safe; called on application threads, those of handshakes among them.
 */
final class ApplicationHooks {
  private final NativeTls nativeTls = new NativeTls();
  private final Dispatcher dispatcher;

  ApplicationHooks(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  NativeTls nativeTls() {
    return nativeTls;
  }

  /** Returns what the woven code goes on with, as {@code HitlessBridge.on} does. */
  @Nullable Object on(
      String hook,
      @Nullable Object self,
      @Nullable Object a,
      @Nullable Object b,
      @Nullable Object result) {
    switch (hook) {
      case Weaver.NATIVE:
        String notice = nativeTls.noticeNow(String.valueOf(self));
        if (notice != null) {
          dispatcher.tell(notice);
        }
        return null;
      case Weaver.NETTY_CONTEXT:
        nativeTls.nettyBegins();
        dispatcher.rotation().openSsl().netty().note(Objects.requireNonNull(self));
        return null;
      case Weaver.TOMCAT_ENDPOINT:
        nativeTls.tomcatEndpoint(Objects.requireNonNull(self).getClass());
        dispatcher.rotation().openSsl().tomcat().note(self);
        return null;
      case NettyKeyWeaver.PROVIDER:
        nativeTls.nettyAsks(Objects.requireNonNull(self).getClass().getName());
        nettyKeys().provided(self, a);
        return null;
      case NettyKeyWeaver.CHOOSE:
        return nettyKeys().choose(Objects.requireNonNull(self), a);
      case NettyKeyWeaver.MADE:
        return nettyKeys().made(Objects.requireNonNull(a), result);
      case NettyKeyWeaver.REFUSED:
        return nettyKeys().refused(Objects.requireNonNull(a), b);
      case NettyKeyWeaver.DESTROYED:
        nettyKeys().destroyed(Objects.requireNonNull(self));
        return null;
      default:
        return result;
    }
  }

  private NettyKeys nettyKeys() {
    return dispatcher.rotation().interceptor().nettyKeys();
  }
}
