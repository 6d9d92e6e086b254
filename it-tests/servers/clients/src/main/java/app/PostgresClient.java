package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** PostgreSQL by JDBC. */
final class PostgresClient implements Client {
  private final String url;
  private final Properties properties = new Properties();
  private Connection held;

  PostgresClient(KeyFiles files, int port) {
    url = "jdbc:postgresql://localhost:" + port + "/" + System.getProperty("db", "postgres");
    properties.setProperty("user", System.getProperty("db.user", "client"));
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslcert", files.own(".crt").toString());
    properties.setProperty("sslkey", files.own(".pk8").toString());
    properties.setProperty("sslrootcert", files.servers(".pem").toString());
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("preferQueryMode", "simple");
  }

  @Override
  public void held() throws SQLException {
    if (held == null) {
      held = DriverManager.getConnection(url, properties);
    }
    ask(held);
  }

  @Override
  public void fresh() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      ask(connection);
    }
  }

  private static void ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout TO 0");
    }
  }
}
