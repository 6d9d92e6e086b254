package dev.hitless.agent.inside.netty;

import dev.hitless.agent.inside.netty.buffer.ByteBufAllocator;
import javax.net.ssl.X509KeyManager;

/** Makes material anew each time. */
public class OpenSslKeyMaterialProvider {
  final X509KeyManager keys;

  OpenSslKeyMaterialProvider(X509KeyManager keys) {
    this.keys = keys;
  }

  OpenSslKeyMaterial chooseKeyMaterial(ByteBufAllocator allocator, String alias) throws Exception {
    if (keys.getCertificateChain(alias) == null) {
      throw new Exception("no " + alias);
    }
    return new Material(alias);
  }

  void destroy() {}
}
