package app;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp with its pool of connections. */
final class OkHttp implements Client {
  private final Pages pages;
  private final OkHttpClient client;

  OkHttp(KeyFiles files, int port) throws Exception {
    pages = new Pages(port);
    client =
        new OkHttpClient.Builder()
            .sslSocketFactory(files.context().getSocketFactory(), files.trustManager())
            .retryOnConnectionFailure(false)
            .build();
  }

  @Override
  public void held() throws Exception {
    ask(new Request.Builder().url(pages.held()).build());
  }

  @Override
  public void fresh() throws Exception {
    ask(new Request.Builder().url(pages.fresh()).header("Connection", "close").build());
  }

  private void ask(Request request) throws Exception {
    try (Response response = client.newCall(request).execute()) {
      response.body().string();
    }
  }
}
