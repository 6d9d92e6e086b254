package dev.hitless.agent.inside.netty;

import dev.hitless.agent.inside.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** Keeps what it made, with branches and loops in each of its methods. */
public final class KeepingProvider extends OpenSslKeyMaterialProvider {
  private final Map<String, OpenSslKeyMaterial> kept = new HashMap<>();

  KeepingProvider(X509KeyManager keys, Iterable<String> aliases) throws Exception {
    super(keys);
    for (String alias : aliases) {
      OpenSslKeyMaterial made = super.chooseKeyMaterial(ByteBufAllocator.DEFAULT, alias);
      if (made != null) {
        kept.put(alias, made);
      }
    }
  }

  @Override
  @Nullable OpenSslKeyMaterial chooseKeyMaterial(ByteBufAllocator allocator, String alias)
      throws Exception {
    OpenSslKeyMaterial material = kept.get(alias);
    if (material == null) {
      material = super.chooseKeyMaterial(allocator, alias);
      if (material == null) {
        return null;
      }
      OpenSslKeyMaterial other = kept.putIfAbsent(alias, material);
      if (other != null) {
        material = other;
      }
    }
    return material.retain();
  }

  @Override
  void destroy() {
    for (OpenSslKeyMaterial each : kept.values()) {
      each.retain();
    }
    kept.clear();
  }
}
