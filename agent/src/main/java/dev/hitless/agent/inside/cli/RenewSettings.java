package dev.hitless.agent.inside.cli;

import dev.hitless.config.Config;
import dev.hitless.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The agent's settings, by their own names or by the options that stand for the usual ones. */
final class RenewSettings {
  private static final String PREFIX = "hitless.";
  private static final String ISSUER = PREFIX + "renew.issuer";

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file, as the agent reads it.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A setting such as hitless.renew.issuer=local-ca; may be repeated.")
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--ca-cert",
      paramLabel = "FILE",
      description = "Certificate of the local CA that is to sign (issuer local-ca).")
  private @Nullable Path caCertificate;

  @Option(
      names = "--ca-key",
      paramLabel = "FILE",
      description = "Key of that CA, if it is not in the file of its certificate.")
  private @Nullable Path caKey;

  @Option(
      names = "--ca-keystore",
      paramLabel = "FILE",
      description = "Keystore of that CA, instead of both.")
  private @Nullable Path caKeyStore;

  @Option(
      names = "--ca-alias",
      paramLabel = "ALIAS",
      description = "Which key of that keystore is the CA's, if there are several.")
  private @Nullable String caAlias;

  @Option(
      names = "--ca-password-file",
      paramLabel = "FILE",
      description = "File whose first line opens that CA's keystore or key.")
  private @Nullable Path caPasswordFile;

  @Option(
      names = "--exec",
      paramLabel = "COMMAND",
      description = "Command that reads a request and writes a chain (issuer exec).")
  private @Nullable String exec;

  @Option(
      names = "--validity",
      paramLabel = "TIME",
      description = "How long the new certificate is to be valid; as long as the old unless told.")
  private @Nullable String validity;

  @Option(
      names = "--key-kind",
      paramLabel = "KIND",
      description = "Kind of the new key, such as P-256 or RSA-2048; that of the old unless told.")
  private @Nullable String keyKind;

  /**
   * Reads the settings: options before {@code --set} before system properties before the file.
   *
   * @param more settings that other options stand for
   * @throws ParameterException if one makes no sense; passwords are not repeated
   */
  Config read(Properties system, Map<String, String> more) {
    Properties all = new Properties();
    for (String name : system.stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        all.setProperty(name, system.getProperty(name));
      }
    }
    set.forEach(setting -> set(all, setting));
    put(all, "config", config);
    if (caCertificate != null || caKeyStore != null) {
      // A CA is one place: what the file says of another one does not count.
      for (String part : Arrays.asList("cert", "key", "keystore", "alias")) {
        all.setProperty(PREFIX + "renew.local-ca." + part, "");
      }
    }
    put(all, "renew.local-ca.cert", caCertificate);
    put(all, "renew.local-ca.key", caKey);
    put(all, "renew.local-ca.keystore", caKeyStore);
    put(all, "renew.local-ca.alias", caAlias);
    put(all, "renew.local-ca.password-file", caPasswordFile);
    put(all, "renew.exec.command", exec);
    put(all, "renew.validity", validity);
    put(all, "renew.key", keyKind);
    if (set.stream().noneMatch(setting -> name(setting).equals(ISSUER))) {
      boolean local = caCertificate != null || caKeyStore != null;
      put(all, "renew.issuer", local ? "local-ca" : exec != null ? "exec" : null);
    }
    more.forEach(all::setProperty);
    Config read = new Config(Settings.read(null, all));
    if (!read.problems().isEmpty()) {
      throw problem(String.join("; ", read.problems()));
    }
    return read;
  }

  /** What a person typed is repeated up to the first equals sign only: it may be a password. */
  private void set(Properties all, String setting) {
    String name = name(setting);
    if (name.toLowerCase(Locale.ROOT).endsWith("password")) {
      throw problem(
          "--set "
              + name
              + " would show the password to everybody who lists processes. Put it into a file that"
              + " only you can read, and --set "
              + name
              + "-file=FILE.");
    }
    int equals = setting.indexOf('=');
    if (equals <= 0) {
      throw problem("--set takes NAME=VALUE, such as hitless.renew.issuer=local-ca.");
    }
    all.setProperty(name, setting.substring(equals + 1));
  }

  private static String name(String setting) {
    int equals = setting.indexOf('=');
    String name = (equals < 0 ? setting : setting.substring(0, equals)).trim();
    return name.startsWith(PREFIX) ? name : PREFIX + name;
  }

  private static void put(Properties all, String name, @Nullable Object value) {
    if (value != null) {
      all.setProperty(PREFIX + name, value.toString());
    }
  }

  private ParameterException problem(String text) {
    return new ParameterException(spec.commandLine(), text);
  }
}
