package app;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** {@code HttpsURLConnection}. */
final class UrlClient implements Client {
  private final Pages pages;
  private final SSLSocketFactory sockets;

  UrlClient(KeyFiles files, int port) throws Exception {
    pages = new Pages(port);
    sockets = files.context().getSocketFactory();
  }

  @Override
  public void held() throws IOException {
    ask(pages.held(), "keep-alive");
  }

  @Override
  public void fresh() throws IOException {
    ask(pages.fresh(), "close");
  }

  private void ask(String page, String connection) throws IOException {
    HttpsURLConnection request = (HttpsURLConnection) new URL(page).openConnection();
    request.setSSLSocketFactory(sockets);
    request.setRequestProperty("Connection", connection);
    try (InputStream in = request.getInputStream()) {
      while (in.read() >= 0) {
        continue;
      }
    }
  }
}
