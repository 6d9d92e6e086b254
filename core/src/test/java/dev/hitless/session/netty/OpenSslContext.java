package dev.hitless.session.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/** A context with the public methods of Netty's, and its sessions and their statistics. */
public final class OpenSslContext {
  private final boolean client;
  private final SSLSessionContext listed;

  /** What was set as session id context. */
  public final List<byte[]> idContexts = new ArrayList<>();

  /** What was set as ticket keys. */
  public final List<OpenSslSessionTicketKey> ticketKeys = new ArrayList<>();

  /** What was made. */
  public final List<OpenSslEngine> engines = new ArrayList<>();

  /** How many references are counted. */
  public int references = 1;

  /** Tickets under keys of the application. */
  public long tickets;

  /** Whether it is made to its end. */
  public boolean complete = true;

  /** Whether it takes what it is given. */
  public boolean willing = true;

  /** Creates one with these sessions. */
  public OpenSslContext(boolean client, SSLSessionContext listed) {
    this.client = client;
    this.listed = listed;
  }

  public OpenSslContext retain() {
    if (references == 0) {
      throw new IllegalStateException("refCnt: 0");
    }
    references++;
    return this;
  }

  public boolean release() {
    return --references == 0;
  }

  /** For clients: has more parameters, and is not what is looked for. */
  public SSLEngine newEngine(ByteBufAllocator allocator, String host, int port) {
    return new OpenSslEngine();
  }

  public SSLEngine newEngine(ByteBufAllocator allocator) {
    if (allocator != ByteBufAllocator.DEFAULT) {
      throw new IllegalArgumentException();
    }
    OpenSslEngine made = new OpenSslEngine();
    engines.add(made);
    return made;
  }

  public boolean isClient() {
    return client;
  }

  public @Nullable SSLSessionContext sessionContext() {
    if (!complete) {
      return null;
    }
    return client ? listed : new ServerSessions();
  }

  /** That of a server. */
  public final class ServerSessions implements SSLSessionContext {
    public boolean setSessionIdContext(byte[] id) {
      idContexts.add(id);
      return willing;
    }

    public void setTicketKeys(OpenSslSessionTicketKey... keys) {
      ticketKeys.addAll(Arrays.asList(keys));
    }

    public Stats stats() {
      return new Stats();
    }

    @Override
    public SSLSession getSession(byte[] id) {
      return listed.getSession(id);
    }

    @Override
    public Enumeration<byte[]> getIds() {
      return listed.getIds();
    }

    @Override
    public void setSessionTimeout(int seconds) {}

    @Override
    public int getSessionTimeout() {
      return 0;
    }

    @Override
    public void setSessionCacheSize(int size) {}

    @Override
    public int getSessionCacheSize() {
      return 0;
    }
  }

  /** What it has counted. */
  public final class Stats {
    public long ticketKeyNew() {
      return tickets;
    }

    public long ticketKeyRenew() {
      return 0;
    }

    public long ticketKeyResume() {
      return 0;
    }

    public long ticketKeyFail() {
      return 0;
    }
  }
}
