package app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/** With {@code java.net.http}, which the server makes connect anew each time. */
final class HttpCaller implements Caller {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final SSLSessionContext sessions;
  private final HttpClient client;

  HttpCaller(SSLContext context) {
    sessions = context.getClientSessionContext();
    client =
        HttpClient.newBuilder()
            .sslContext(context)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
  }

  @Override
  public boolean call(int port, boolean resumable) throws IOException, InterruptedException {
    long begun = System.currentTimeMillis();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
            .timeout(TIMEOUT)
            .build();
    HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
    if (!response.headers().firstValue("connection").orElse("").equals("close")) {
      throw new IllegalStateException("the server keeps connections: " + response.headers());
    }
    if (!resumable) {
      Collections.list(sessions.getIds()).forEach(this::invalidate);
    }
    return response.sslSession().orElseThrow().getCreationTime() >= begun;
  }

  /** That of the response does not let itself be invalidated. */
  private void invalidate(byte[] id) {
    SSLSession session = sessions.getSession(id);
    if (session != null) {
      session.invalidate();
    }
  }
}
