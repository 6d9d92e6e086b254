package app;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;

/** With {@code HttpsURLConnection}. */
final class UrlCaller implements Caller {
  private static final int TIMEOUT_MS = 60_000;

  private final LayeredSockets sockets;

  UrlCaller(SSLContext context) {
    sockets = new LayeredSockets(context.getSocketFactory());
  }

  @Override
  public boolean call(int port, boolean resumable) throws IOException {
    long begun = System.currentTimeMillis();
    HttpsURLConnection connection =
        (HttpsURLConnection) new URL("https://localhost:" + port + "/").openConnection();
    connection.setSSLSocketFactory(sockets);
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    connection.setRequestProperty("Connection", "close");
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      while (body != null && body.read() >= 0) {
        continue;
      }
    }
    SSLSession session = sockets.last();
    if (!resumable) {
      session.invalidate();
    }
    return session.getCreationTime() >= begun;
  }
}
