package app;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes one full handshake and one request for each line "port keystore" on its standard input,
 * with a context of its own, and prints "ok" or why not. Without a keystore, it uses the JVM's
 * default context, which trusts what javax.net.ssl.trustStore holds. Argument: the trust store for
 * the rest.
 */
public final class MutualClient {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private MutualClient() {}

  public static void main(String[] args) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, "US-ASCII"));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", 2);
      try {
        request(
            words.length > 1
                ? context(words[1], args[0]).getSocketFactory()
                : (SSLSocketFactory) SSLSocketFactory.getDefault(),
            Integer.parseInt(words[0]));
        System.out.println("ok");
      } catch (IOException | GeneralSecurityException e) {
        System.out.println("failed: " + e);
      }
      System.out.flush();
    }
  }

  private static SSLContext context(String keyStore, String trustStore)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory identities = KeyManagerFactory.getInstance("SunX509");
    identities.init(load(keyStore), PASSWORD);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(load(trustStore));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identities.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static KeyStore load(String file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = new FileInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static void request(SSLSocketFactory factory, int port) throws IOException {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
      plain.setSoTimeout(20_000);
      SSLSocket socket = (SSLSocket) factory.createSocket(plain, "localhost", port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      socket
          .getOutputStream()
          .write("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes("US-ASCII"));
      socket.getOutputStream().flush();
      if (socket.getInputStream().read() < 0) {
        throw new IOException("no answer");
      }
      socket.getSession().invalidate(); // the next handshake is to be a full one too
    }
  }
}
