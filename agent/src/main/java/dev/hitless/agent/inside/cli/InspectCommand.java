package dev.hitless.agent.inside.cli;

import dev.hitless.inspect.FileContent;
import dev.hitless.inspect.FileReport;
import dev.hitless.inspect.Inspection;
import dev.hitless.inspect.LookException;
import dev.hitless.inspect.Purpose;
import dev.hitless.inspect.ServerLook;
import dev.hitless.inspect.Trust;
import dev.hitless.inspect.Unread;
import dev.hitless.material.Format;
import dev.hitless.material.MaterialException;
import dev.hitless.material.MaterialException.Reason;
import dev.hitless.material.PemReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what files hold and what servers present. Changes nothing. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows what key and certificate files hold, and what servers present: fingerprint, names,"
          + " validity, key, chain, and what is wrong."
    },
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is wrong",
      "1:problems were found",
      "2:the command line makes no sense",
      "3:something could not be read or reached, or a password is wrong"
    })
final class InspectCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final String version;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH|HOST[:PORT]",
      description = {
        "Files (keystores, PEM, DER), folders of such, or servers (port 443 unless told, IPv6 as"
            + " [::1]:443). Keys find their certificates across files."
      })
  private List<String> targets = new ArrayList<>();

  @Mixin private final PasswordOptions passwords = new PasswordOptions();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description =
          "Type of keystores that are not told by content: neither PKCS12, JKS nor JCEKS.")
  private @Nullable String type;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Certificates (PEM, DER) to trust instead of the JDK's; may be repeated.")
  private List<Path> anchors = new ArrayList<>();

  @Option(
      names = "--for",
      paramLabel = "server|client",
      description = "What the certificates are for; server unless told.")
  private Purpose purpose = Purpose.SERVER;

  @Option(names = "--sni", paramLabel = "NAME", description = "Name to ask servers for.")
  private @Nullable String sni;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "How long to wait for a server, such as 500ms, 5s, 1m; 5s unless told.")
  private Duration timeout = Duration.ofSeconds(5);

  @Mixin private final OutputOptions output = new OutputOptions();

  InspectCommand(Surroundings surroundings, String version) {
    this.surroundings = surroundings;
    this.version = version;
  }

  @Override
  public Integer call() {
    List<char[]> known = passwords.read(surroundings);
    List<Target> all = new ArrayList<>();
    for (String text : targets) {
      try {
        all.add(Target.of(text));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
      }
    }
    Trust trust = trust();
    Results results = new Results(surroundings.clock.instant());
    results.add(files(all, results, trust, known));
    servers(all, results, trust);
    int code = results.exitCode();
    if (output.json) {
      surroundings.utf8().println(new InspectJson(results, version).text(code));
    } else {
      new InspectText(results, surroundings.out, new Ink(surroundings.colours)).print();
    }
    return code;
  }

  private FileReport files(List<Target> all, Results results, Trust trust, List<char[]> known) {
    List<FileContent> contents = new ArrayList<>();
    for (Target target : all) {
      if (target.path != null) {
        read(target.path, contents, results);
      }
    }
    Inspection inspection = new Inspection(results.now, purpose, trust, known, type);
    FileReport report = inspection.of(contents);
    if (known.isEmpty()
        && report.unread().stream().anyMatch(u -> u.reason() == Reason.WRONG_PASSWORD)) {
      char[] asked = surroundings.prompt.ask("Password: ");
      if (asked != null) {
        List<char[]> typed = Collections.singletonList(asked);
        return new Inspection(results.now, purpose, trust, typed, type).of(contents);
      }
    }
    return report;
  }

  private static void read(Path path, List<FileContent> contents, Results results) {
    boolean folder = Files.isDirectory(path);
    for (Path file : folder ? filesIn(path, results) : Collections.singletonList(path)) {
      try {
        FileContent content = FileContent.read(file);
        if (!folder || content.format() != Format.UNKNOWN) {
          contents.add(content);
        }
      } catch (MaterialException e) {
        results.unread.add(new Unread(file, e.reason(), String.valueOf(e.getMessage())));
      }
    }
  }

  private static List<Path> filesIn(Path folder, Results results) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    } catch (IOException e) {
      results.unread.add(
          new Unread(folder, Reason.UNREADABLE, "the folder cannot be listed: " + e));
      return Collections.emptyList();
    }
  }

  private void servers(List<Target> all, Results results, Trust trust) {
    for (Target target : all) {
      if (target.path == null) {
        // To show what an old server presents, this client must speak as old servers do.
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        try {
          results.servers.put(
              target.text,
              new ServerLook(results.now, trust, timeout).at(target.host, target.port, sni));
        } catch (LookException e) {
          results.unreachable.put(target.text, String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private Trust trust() {
    if (anchors.isEmpty()) {
      return Trust.ofJdk();
    }
    List<X509Certificate> trusted = new ArrayList<>();
    for (Path file : anchors) {
      try {
        trusted.addAll(PemReader.certificates(FileContent.read(file).bytes()));
      } catch (MaterialException e) {
        throw new ParameterException(
            spec.commandLine(), "--ca " + file + " cannot be used: " + e.getMessage());
      }
    }
    return Trust.in(trusted);
  }
}
