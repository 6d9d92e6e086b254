package dev.hitless.agent.inside.netty;

/** Equal to what is of the same name. */
public record Material(String name) implements OpenSslKeyMaterial {
  @Override
  public OpenSslKeyMaterial retain() {
    return new Material(name + ", retained");
  }
}
