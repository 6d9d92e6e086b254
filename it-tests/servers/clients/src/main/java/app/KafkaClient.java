package app;

import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A Kafka client, whose server is none: it takes the connection and closes it after the first
 * request, so that the client connects again and again.
 */
final class KafkaClient implements Client {
  private static final int TIMEOUT_MS = 300;

  private final Admin admin;

  KafkaClient(KeyFiles files, int port) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", "localhost:" + port);
    properties.setProperty("security.protocol", "SSL");
    properties.setProperty("ssl.keystore.location", files.own(".p12").toString());
    properties.setProperty("ssl.keystore.password", KeyFiles.PASSWORD);
    properties.setProperty("ssl.keystore.type", "PKCS12");
    properties.setProperty("ssl.key.password", KeyFiles.PASSWORD);
    properties.setProperty("ssl.truststore.location", files.servers(".p12").toString());
    properties.setProperty("ssl.truststore.password", KeyFiles.PASSWORD);
    properties.setProperty("ssl.truststore.type", "PKCS12");
    admin = Admin.create(properties);
  }

  @Override
  public void held() {
    throw new UnsupportedOperationException("a server that answers is missing");
  }

  @Override
  public void fresh() throws Exception {
    try {
      admin.describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MS)).clusterId().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
    }
  }
}
