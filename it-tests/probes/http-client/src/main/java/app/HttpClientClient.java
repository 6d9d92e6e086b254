package app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.net.ssl.SSLContext;

/** {@code java.net.http} with its pool of connections; only where there is Java 11. */
public final class HttpClientClient implements Client {
  private final Pages pages;
  private final HttpClient client;

  public HttpClientClient(SSLContext context, int port) {
    pages = new Pages(port);
    client = HttpClient.newBuilder().sslContext(context).build();
  }

  @Override
  public void held() throws IOException, InterruptedException {
    ask(pages.held());
  }

  @Override
  public void fresh() throws IOException, InterruptedException {
    ask(pages.fresh() + "close"); // as the server then does: the header is not for programs to set
  }

  private void ask(String page) throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
