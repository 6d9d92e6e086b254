package dev.hitless.session.netty;

/** What an engine of Netty's is made with. */
public interface ByteBufAllocator {
  ByteBufAllocator DEFAULT = new ByteBufAllocator() {};
}
