package dev.hitless.it.clients;

import dev.hitless.it.trust.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A gRPC server in a JVM of its own, without hitless. */
final class GrpcPeer implements Watch {
  private final Program program;
  private final int port;

  /**
   * Starts it.
   *
   * @param arguments what {@code app.GrpcServer} wants
   */
  GrpcPeer(Path folder, String classPath, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    // So that it can end the sessions, which are in its cache then.
    command.add("-Djdk.tls.server.enableSessionTicketExtension=false");
    command.addAll(List.of("-cp", classPath, "app.GrpcServer"));
    command.addAll(arguments);
    program = Program.start(folder, command);
    port = Integer.parseInt(program.line().split(" ")[1]);
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Seen next() throws IOException {
    String[] words = program.line().split(" ");
    return new Seen(Integer.parseInt(words[1]), words[2]);
  }

  @Override
  public void close() throws InterruptedException {
    program.close();
  }
}
