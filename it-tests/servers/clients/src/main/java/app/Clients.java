package app;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.Map;

/**
 * A program that is a client by several libraries. Each has a certificate of its own, in files of
 * its own in the folder that is the argument. For each line "library port held" or "library port
 * fresh" of its input it asks once, and prints "ok" or why not.
 */
public final class Clients {
  private final Path folder;
  private final Map<String, Client> clients = new HashMap<>();

  private Clients(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    Clients clients = new Clients(Paths.get(args[0]));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(clients.answer(line.split(" ")));
    }
    System.exit(0);
  }

  private String answer(String[] words) {
    try {
      Client client = clients.get(words[0]);
      if (client == null) {
        client = client(words[0], Integer.parseInt(words[1]));
        clients.put(words[0], client);
      }
      if (words[2].equals("held")) {
        client.held();
      } else {
        client.fresh();
      }
      return "ok";
    } catch (Exception e) {
      e.printStackTrace();
      return "failed: " + e.toString().replace('\n', ' ');
    }
  }

  private Client client(String library, int port) throws Exception {
    KeyFiles files = new KeyFiles(folder, library);
    switch (library) {
      case "url":
        return new UrlClient(files, port);
      case "http":
        return (Client)
            Class.forName("app.HttpClientClient")
                .getConstructor(javax.net.ssl.SSLContext.class, int.class)
                .newInstance(files.context(), port);
      case "apache":
        return new ApacheClient(files, port);
      case "okhttp":
        return new OkHttp(files, port);
      case "kafka":
        return new KafkaClient(files, port);
      case "ldap":
        return new LdapClient(port);
      case "grpc":
        return new GrpcClient(files, port);
      case "postgresql":
        return new PostgresClient(files, port);
      default:
        throw new IllegalArgumentException(library);
    }
  }
}
