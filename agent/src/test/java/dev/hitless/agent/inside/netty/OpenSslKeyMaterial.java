package dev.hitless.agent.inside.netty;

/** In the place of Netty's. */
public interface OpenSslKeyMaterial {
  OpenSslKeyMaterial retain();
}
