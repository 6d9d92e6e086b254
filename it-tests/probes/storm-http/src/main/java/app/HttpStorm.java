package app;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** {@link Storm} with {@code java.net.http}. */
public final class HttpStorm {
  private HttpStorm() {}

  public static void main(String[] args)
      throws IOException, GeneralSecurityException, InterruptedException {
    Storm.run(HttpCaller::new);
  }
}
