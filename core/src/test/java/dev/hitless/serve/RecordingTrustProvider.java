package dev.hitless.serve;

import java.net.Socket;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes trust managers that say which of their methods was called, of three kinds. */
public final class RecordingTrustProvider extends Provider {
  private static final long serialVersionUID = 1L;

  /** What was called, in order; of all trust managers. */
  static final List<String> CALLS = new ArrayList<>();

  @SuppressWarnings("deprecation") // the constructor that Java 8 has
  RecordingTrustProvider() {
    super("Recording", 1.0, "for tests");
    put("TrustManagerFactory.Extended", ExtendedSpi.class.getName());
    put("TrustManagerFactory.Plain", PlainSpi.class.getName());
    put("TrustManagerFactory.Resumable", ResumableSpi.class.getName());
  }

  /** Stands for an interface that others look for, as Netty does. */
  interface Resumable {}

  static class Plain implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      CALLS.add("client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      CALLS.add("server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  static class Extended extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      CALLS.add("client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
      CALLS.add("client socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
      CALLS.add("client engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      CALLS.add("server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
      CALLS.add("server socket");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
      CALLS.add("server engine");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  static final class ResumableManager extends Extended implements Resumable {}

  /** A factory of one trust manager, whatever it is initialised with. */
  public abstract static class Spi extends TrustManagerFactorySpi {
    private final TrustManager made;

    Spi(TrustManager made) {
      this.made = made;
    }

    @Override
    protected void engineInit(KeyStore store) {}

    @Override
    protected void engineInit(ManagerFactoryParameters parameters) {}

    @Override
    protected TrustManager[] engineGetTrustManagers() {
      return new TrustManager[] {made};
    }
  }

  /** Makes extended trust managers. */
  public static final class ExtendedSpi extends Spi {
    /** For the provider. */
    public ExtendedSpi() {
      super(new Extended());
    }
  }

  /** Makes plain trust managers. */
  public static final class PlainSpi extends Spi {
    /** For the provider. */
    public PlainSpi() {
      super(new Plain());
    }
  }

  /** Makes trust managers with an interface of their own. */
  public static final class ResumableSpi extends Spi {
    /** For the provider. */
    public ResumableSpi() {
      super(new ResumableManager());
    }
  }
}
