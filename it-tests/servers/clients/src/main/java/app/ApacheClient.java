package app;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5 with a pool of connections. */
final class ApacheClient implements Client {
  private final Pages pages;
  private final CloseableHttpClient client;

  ApacheClient(KeyFiles files, int port) throws Exception {
    pages = new Pages(port);
    client =
        HttpClients.custom()
            .disableAutomaticRetries()
            .disableConnectionState() // else none is pooled that a certificate was shown on
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setTlsSocketStrategy(new DefaultClientTlsStrategy(files.context()))
                    .build())
            .build();
  }

  @Override
  public void held() throws Exception {
    client.execute(
        new HttpGet(pages.held()), response -> EntityUtils.toString(response.getEntity()));
  }

  @Override
  public void fresh() throws Exception {
    HttpGet request = new HttpGet(pages.fresh());
    request.setHeader("Connection", "close");
    client.execute(request, response -> EntityUtils.toString(response.getEntity()));
  }
}
