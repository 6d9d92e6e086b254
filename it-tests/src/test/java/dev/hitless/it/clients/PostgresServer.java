package dev.hitless.it.clients;

import dev.hitless.it.Await;
import dev.hitless.it.cert.Identity;
import dev.hitless.it.cert.Pem;
import dev.hitless.it.cert.TestCa;
import dev.hitless.it.server.FreePorts;
import dev.hitless.it.trust.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the operating system, with a database of its own, which lets in who shows a
 * certificate, and logs whose it was.
 */
final class PostgresServer implements AutoCloseable {
  /** Who lets himself be called root must not be, as far as PostgreSQL is concerned. */
  private static final String USER = "postgres";

  private static final Pattern AUTHENTICATED =
      Pattern.compile("connection authenticated: identity=\"CN=([^\"]*)\" method=cert");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Process process;
  private final Path log;
  private final int port;

  private PostgresServer(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts one in a folder that is not there yet. */
  static PostgresServer start(Path folder, Identity identity, TestCa clients) throws Exception {
    Path programs = programs();
    Path log = folder.resolveSibling("postgres.log");
    boolean root = System.getProperty("user.name").equals("root");
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
    own(folder, root);
    run(
        log,
        root,
        List.of(
            programs.resolve("initdb").toString(),
            "--pgdata=" + folder,
            "--username=client",
            "--auth=reject",
            "--no-sync",
            "--locale=C",
            "--encoding=UTF8"));
    int port = new FreePorts().next();
    write(folder, "server.crt", Pem.certificates(identity.chain()), root);
    write(folder, "server.key", Pem.key(identity.key()), root);
    write(
        folder, "clients.pem", new String(Roots.bundle(clients), StandardCharsets.US_ASCII), root);
    write(folder, "pg_hba.conf", "hostssl all all 127.0.0.1/32 cert map=any\n", root);
    write(folder, "pg_ident.conf", "any /^(.*)$ client\n", root);
    Files.writeString(
        folder.resolve("postgresql.conf"),
        String.join(
            "\n",
            "listen_addresses = '127.0.0.1'",
            "port = " + port,
            "unix_socket_directories = ''",
            "ssl = on",
            "ssl_cert_file = 'server.crt'",
            "ssl_key_file = 'server.key'",
            "ssl_ca_file = 'clients.pem'",
            "log_connections = on",
            "fsync = off",
            ""),
        StandardOpenOption.APPEND);
    String program = programs.resolve("postgres").toString();
    Process process = process(log, root, List.of(program, "-D", folder.toString()));
    PostgresServer server = new PostgresServer(process, log, port);
    boolean ready =
        Await.until(
            PATIENCE,
            () -> !process.isAlive() || server.log().contains("ready to accept connections"));
    if (!ready || !process.isAlive()) {
      server.close();
      throw new IOException("PostgreSQL did not start: " + server.log());
    }
    return server;
  }

  /** The newest. */
  private static Path programs() throws IOException {
    Path versions = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(versions)) {
      try (Stream<Path> all = Files.list(versions)) {
        return all.map(version -> version.resolve("bin"))
            .filter(programs -> Files.exists(programs.resolve("postgres")))
            .max(Comparator.comparingDouble(PostgresServer::version))
            .orElseThrow(() -> new IOException("no PostgreSQL in " + versions));
      }
    }
    throw new IOException("PostgreSQL is needed: apt-get install postgresql");
  }

  private static double version(Path programs) {
    return Double.parseDouble(programs.getParent().getFileName().toString());
  }

  private static void write(Path folder, String name, String content, boolean root)
      throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    own(file, root);
  }

  private static void own(Path path, boolean root) throws IOException {
    if (root) {
      Files.setOwner(
          path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
  }

  private static void run(Path log, boolean root, List<String> command)
      throws IOException, InterruptedException {
    Process process = process(log, root, command);
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command + " failed: " + Files.readString(log));
    }
  }

  private static Process process(Path log, boolean root, List<String> command) throws IOException {
    List<String> all = new ArrayList<>();
    if (root) {
      all.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--"));
    }
    all.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(all)
            .directory(new java.io.File("/"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  int port() {
    return port;
  }

  /** The common names of the certificates that were shown, each connection's, in their order. */
  List<String> seen() {
    return AUTHENTICATED.matcher(log()).results().map((MatchResult each) -> each.group(1)).toList();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By SIGTERM, which lets connections end first: to be called once there are none. */
  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
