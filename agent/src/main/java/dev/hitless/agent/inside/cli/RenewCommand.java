package dev.hitless.agent.inside.cli;

import com.grack.nanojson.JsonWriter;
import dev.hitless.RenewalSetup;
import dev.hitless.config.Config;
import dev.hitless.inspect.FileContent;
import dev.hitless.material.Format;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.material.MaterialException;
import dev.hitless.material.Names;
import dev.hitless.renew.IdentityPattern;
import dev.hitless.renew.Outcome;
import dev.hitless.renew.publish.Target;
import dev.hitless.report.Counters;
import dev.hitless.report.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Renews one certificate once, as the agent would: the same issuers, checks and publication. */
@Command(
    name = "renew",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Renews a certificate once, if it is due: for programs that read it at each connection, and"
          + " for cron."
    },
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:renewed (or, with --dry-run, would be)",
      "1:not renewed: it failed, or another process renews it now; the files hold what they held",
      "2:the command line or a setting makes no sense",
      "10:not renewed, since it is not due"
    })
final class RenewCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(names = "--cert", paramLabel = "FILE", description = "Certificate file (PEM).")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Key file (PEM); the certificate's own unless told.")
  private @Nullable Path key;

  @Option(names = "--keystore", paramLabel = "FILE", description = "Keystore, instead of both.")
  private @Nullable Path keyStore;

  @Option(
      names = "--alias",
      paramLabel = "ALIAS",
      description = "Which identity, if there are several.")
  private @Nullable String alias;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Type of the keystore, if not told by content: neither PKCS12, JKS nor JCEKS.")
  private @Nullable String type;

  @Mixin private final PasswordOptions passwords = new PasswordOptions();

  @Mixin private final RenewSettings settings = new RenewSettings();

  @Option(names = "--force", description = "Renew even if it is not due.")
  private boolean force;

  @Option(names = "--dry-run", description = "Do all but write.")
  private boolean dryRun;

  @Mixin private final OutputOptions output = new OutputOptions();

  RenewCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    if ((certificate == null) == (keyStore == null)) {
      throw problem("Name what is to be renewed: --cert FILE and --key FILE, or --keystore FILE.");
    }
    Map<String, String> dry =
        dryRun
            ? Collections.singletonMap("hitless.renew.dry-run", "true")
            : Collections.<String, String>emptyMap();
    Config config = settings.read(System.getProperties(), dry);
    List<char[]> known = passwords.read(surroundings);
    RenewalSetup setup =
        new RenewalSetup(
            config.renewal(),
            // A person names the files: whoever issued what is in them, it is meant.
            Collections.singletonList(IdentityPattern.of("*")),
            surroundings.clock,
            // Not into the agent's file: a person waits for the answer here.
            new Log(output.verbose ? "info" : "warn", null),
            new Counters());
    if (config.renewal().issuers().isEmpty()) {
      throw problem(
          "Name an issuer: --ca-cert FILE --ca-key FILE, --ca-keystore FILE, --exec COMMAND, or a"
              + " setting hitless.renew.issuer by --set or --config.");
    }
    if (!setup.hasIssuer()) {
      throw problem("No issuer can be used, see above.");
    }
    try {
      Location location = location(known);
      for (Path file : location.files()) {
        Path directory = file.toAbsolutePath().resolveSibling("");
        if (!dryRun) {
          setup.repair().repair(directory); // what cannot be read may be half-written
        } else if (setup.repair().isNeeded(directory)) {
          return told("would-repair", unfinished(directory), null, ExitCode.OK);
        }
      }
      Map.Entry<String, Identity> found = identity(location);
      Target target = new Target(location, found.getKey());
      return told(setup.renewer().renew(target, found.getValue(), force));
    } catch (MaterialException e) {
      return told("failed", unreadable(e), null, ExitCode.PROBLEMS);
    } catch (IOException e) {
      return told("failed", String.valueOf(e.getMessage()), null, ExitCode.PROBLEMS);
    }
  }

  private static String unfinished(Path directory) {
    return "dry run: a renewal in "
        + directory
        + " did not come to its end, or is on its way. Nothing was written; without --dry-run that"
        + " is brought to its end first, and what it leaves is renewed if it is due then.";
  }

  private String unreadable(MaterialException e) {
    boolean closed = e.reason() == MaterialException.Reason.WRONG_PASSWORD;
    return (keyStore != null ? keyStore : certificate)
        + " was not renewed: "
        + e.getMessage()
        + (closed ? "; name its password with --password-file or --password-env" : "")
        + ". Nothing was changed.";
  }

  private Location location(List<char[]> known) throws MaterialException {
    if (certificate != null) {
      List<Path> files = new ArrayList<>(Collections.singletonList(certificate));
      if (key != null) {
        files.add(key);
      }
      return Location.pem(files, known);
    }
    Path store = java.util.Objects.requireNonNull(keyStore);
    Format format = FileContent.read(store).format();
    String named = type != null ? type : format.isKeyStore() ? format.name() : "PKCS12";
    List<char[]> all = known;
    if (known.isEmpty()) {
      char[] asked = surroundings.prompt.ask("Password of " + store + ": ");
      all = asked == null ? known : Collections.singletonList(asked);
    }
    return Location.keyStore(store, named, null, all.isEmpty() ? null : all.get(0), all);
  }

  private Map.Entry<String, Identity> identity(Location location) throws MaterialException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : location.files()) {
      try {
        contents.add(FileContent.read(file).bytes());
      } catch (MaterialException e) {
        throw new MaterialException(e.reason(), file + " " + e.getMessage(), e);
      }
    }
    Map<String, Identity> all = location.parse(contents);
    if (alias == null && all.size() > 1) {
      throw problem("There are several identities; name one of " + all.keySet() + " by --alias.");
    }
    for (Map.Entry<String, Identity> each : all.entrySet()) {
      if (alias == null || each.getKey().equalsIgnoreCase(alias)) {
        return each;
      }
    }
    throw problem("There is no identity " + alias + "; there are " + all.keySet() + ".");
  }

  private int told(Outcome outcome) {
    int code;
    switch (outcome.kind()) {
      case RENEWED:
      case WOULD_RENEW:
        code = ExitCode.OK;
        break;
      case NOT_DUE:
        code = ExitCode.NOT_DUE;
        break;
      default:
        code = ExitCode.PROBLEMS;
        break;
    }
    String result = outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return told(result, outcome.message(), outcome.identity(), code);
  }

  private int told(String result, String message, @Nullable Identity identity, int code) {
    if (!output.json) {
      (code == ExitCode.PROBLEMS ? surroundings.err : surroundings.out)
          .println(Plain.line(message));
      return code;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("result", result);
    fields.put("exitCode", code);
    fields.put("text", message);
    fields.put("fingerprint", identity == null ? null : identity.fingerprint().hex());
    fields.put(
        "names", identity == null ? Arrays.asList() : new ArrayList<>(Names.of(identity.leaf())));
    fields.put(
        "notAfter", identity == null ? null : identity.leaf().getNotAfter().toInstant().toString());
    surroundings.utf8().println(JsonWriter.indent("  ").string().object(fields).done());
    return code;
  }

  private ParameterException problem(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
