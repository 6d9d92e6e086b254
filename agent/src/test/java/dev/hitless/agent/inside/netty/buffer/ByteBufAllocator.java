package dev.hitless.agent.inside.netty.buffer;

/** In the place of Netty's. */
public interface ByteBufAllocator {
  ByteBufAllocator DEFAULT = new ByteBufAllocator() {};
}
