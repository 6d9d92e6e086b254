package dev.hitless.it.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.jdk.Jdk;
import dev.hitless.material.Identity;
import dev.hitless.material.Location;
import dev.hitless.testing.Pems;
import dev.hitless.testing.TestCa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar hitless-agent.jar renew}, with a local CA and with commands. */
final class RenewIT {
  private static final Slot SLOT = Slot.SINGLE_EC.get(0);
  private static final TestCa CA = TestCa.create("our ca");
  private static final Identity DUE = leaf(85);
  private static final Identity FRESH = leaf(5);
  private static final String[] BY_CA = {"--ca-cert=ca.crt", "--ca-key=ca.key"};

  @TempDir Path folder;
  private Path tls;

  private static Identity leaf(int daysOld) {
    Instant issued = Instant.now().minus(Duration.ofDays(daysOld));
    return CA.issue("EC", issued, issued.plus(Duration.ofDays(90)), "a.example");
  }

  @BeforeEach
  void writeCa() throws Exception {
    tls = Files.createDirectory(folder.resolve("tls"));
    write(folder, "ca.crt", Pems.bytes(Pems.certificates(CA.certificate())));
    write(folder, "ca.key", Pems.bytes(Pems.key(CA.identity())));
    write(folder, "password", Pems.bytes(KeyFiles.PASSWORD + "\n"));
    write(folder, "ca.p12", KeyFiles.PKCS12.write(slot(CA.identity())).get("server.p12"));
  }

  @OnOldestAndNewestJdk
  void renewsInEveryFormatWhatIsDue(Jdk jdk) throws Exception {
    for (KeyFiles format :
        List.of(KeyFiles.PKCS12, KeyFiles.JKS, KeyFiles.PEM_PAIR, KeyFiles.PEM_ONE)) {
      hold(format, DUE);

      Finished finished = renew(jdk, format, "--json", BY_CA[0], BY_CA[1]);

      assertThat(finished.exit()).as(finished.err()).isZero();
      Identity now = held(format);
      assertThat(now.chain()).hasSize(2);
      assertThat(now.key()).isNotEqualTo(DUE.key());
      JsonObject told = JsonParser.object().from(finished.out());
      assertThat(told.getString("result")).isEqualTo("renewed");
      assertThat(told.getInt("exitCode")).isZero();
      assertThat(told.getString("fingerprint"))
          .isEqualTo(now.fingerprint().hex())
          .isNotEqualTo(DUE.fingerprint().hex());
      assertThat(told.getArray("names")).isEqualTo(JsonArray.from("a.example"));
      assertThat(Instant.parse(told.getString("notAfter")))
          .isAfter(Instant.now().plus(Duration.ofDays(80)));
      for (Path file : files(format)) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @OnOldestAndNewestJdk
  void renewsThroughACommandThatSigns(Jdk jdk) throws Exception {
    hold(KeyFiles.PEM_PAIR, DUE);
    String keytool =
        jdk.home().resolve("bin/keytool")
            + " -gencert -keystore ca.p12 -storetype PKCS12 -storepass:file password -alias "
            + SLOT.name()
            + " -rfc -ext honored=all -validity 90";

    Finished finished = renew(jdk, KeyFiles.PEM_PAIR, "--exec=" + keytool);

    assertThat(finished.exit()).as(finished.err()).isZero();
    assertThat(finished.out())
        .contains("renewed CN=a.example [a.example]", held(KeyFiles.PEM_PAIR).fingerprint().hex());
    assertThat(held(KeyFiles.PEM_PAIR)).isNotEqualTo(DUE);
  }

  @OnOldestAndNewestJdk
  void renewsWhatIsNotDueUnderForceOnly(Jdk jdk) throws Exception {
    hold(KeyFiles.PKCS12, FRESH);
    String[] issuer = {"--ca-keystore=ca.p12", "--ca-password-file=password"};
    Map<String, String> before = everything();

    Finished notDue = renew(jdk, KeyFiles.PKCS12, issuer);
    assertThat(notDue.exit()).isEqualTo(10);
    assertThat(notDue.out()).contains("not due before");
    assertThat(everything()).containsAllEntriesOf(before);

    Finished forced = renew(jdk, KeyFiles.PKCS12, issuer[0], issuer[1], "--force");
    assertThat(forced.exit()).as(forced.err()).isZero();
    assertThat(held(KeyFiles.PKCS12)).isNotEqualTo(FRESH);
  }

  @OnOldestAndNewestJdk
  void writesNothingInADryRun(Jdk jdk) throws Exception {
    hold(KeyFiles.PEM_PAIR, DUE);
    Map<String, String> before = everything();

    Finished finished = renew(jdk, KeyFiles.PEM_PAIR, BY_CA[0], BY_CA[1], "--dry-run");

    assertThat(finished.exit()).as(finished.err()).isZero();
    assertThat(finished.out()).contains("would renew", "nothing is written");
    assertThat(everything()).isEqualTo(before);
  }

  @OnOldestAndNewestJdk
  void repairsWhatAKilledRenewalLeftBeforeItReads(Jdk jdk) throws Exception {
    hold(KeyFiles.PEM_PAIR, DUE);
    assertThat(renew(jdk, KeyFiles.PEM_PAIR, BY_CA).exit()).isZero();
    Identity renewed = held(KeyFiles.PEM_PAIR);
    beforeTheLastRename();
    Map<String, String> before = everything();

    Finished dry = renew(jdk, KeyFiles.PEM_PAIR, BY_CA[0], BY_CA[1], "--dry-run");

    assertThat(dry.exit()).as(dry.out() + dry.err()).isZero();
    assertThat(dry.out()).contains("did not come to its end", "Nothing was written");
    assertThat(everything()).isEqualTo(before);

    Finished finished = renew(jdk, KeyFiles.PEM_PAIR, BY_CA);

    assertThat(finished.exit()).as(finished.out() + finished.err()).isEqualTo(10);
    assertThat(finished.err()).contains("found unfinished, and is completed");
    assertThat(held(KeyFiles.PEM_PAIR)).isEqualTo(renewed);
  }

  /** As it was before the key followed the certificate: the journal says that it has to. */
  private void beforeTheLastRename() throws IOException {
    Path hidden = tls.resolve(".hitless");
    Path former;
    try (Stream<Path> all = Files.list(hidden)) {
      former =
          all.filter(each -> each.getFileName().toString().startsWith("former-"))
              .findFirst()
              .orElseThrow();
    }
    Path journal =
        Files.move(
            former, hidden.resolve(former.getFileName().toString().replace("former-", "journal-")));
    Files.move(tls.resolve("server.key"), journal.resolve("new.server.key"));
    Files.copy(journal.resolve("old.server.key"), tls.resolve("server.key"));
  }

  @OnOldestAndNewestJdk
  void keepsWhatThereIsWhenNobodyIssues(Jdk jdk) throws Exception {
    hold(KeyFiles.JKS, DUE);

    Finished missing = renew(jdk, KeyFiles.JKS, "--ca-cert=nosuch.crt", "--ca-key=nosuch.key");
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.err())
        .contains("was not renewed", "nosuch.crt cannot be read", "Check the path", "stays")
        .doesNotContain("follows");

    Finished failing = renew(jdk, KeyFiles.JKS, "--exec=false", "--json");
    assertThat(failing.exit()).isEqualTo(1);
    JsonObject told = JsonParser.object().from(failing.out());
    assertThat(told.getString("result")).isEqualTo("failed");
    assertThat(told.getString("text")).contains("the command false", "stays");
    assertThat(told.getString("fingerprint")).isEqualTo(DUE.fingerprint().hex());
    assertThat(held(KeyFiles.JKS)).isEqualTo(DUE);
  }

  @OnOldestAndNewestJdk
  void saysHowToGiveThePasswordThatIsWrong(Jdk jdk) throws Exception {
    hold(KeyFiles.PKCS12, DUE);
    write(folder, "wrong", Pems.bytes("geheim\n"));
    Map<String, String> before = everything();

    Finished finished =
        run(
            jdk,
            "renew",
            "--keystore=tls/server.p12",
            "--password-file=wrong",
            BY_CA[0],
            BY_CA[1],
            "--force");

    assertThat(finished.exit()).isEqualTo(1);
    assertThat(finished.err()).contains("server.p12 was not renewed", "--password-file");
    assertThat(finished.out() + finished.err()).doesNotContain("geheim");
    assertThat(everything()).isEqualTo(before);
  }

  private Finished renew(Jdk jdk, KeyFiles format, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("renew"));
    switch (format) {
      case PEM_PAIR -> arguments.addAll(List.of("--cert=tls/server.crt", "--key=tls/server.key"));
      case PEM_ONE -> arguments.add("--cert=tls/server.pem");
      default ->
          arguments.addAll(
              List.of("--keystore=tls/server" + format.suffix(), "--password-file=password"));
    }
    arguments.addAll(List.of(more));
    return run(jdk, arguments.toArray(String[]::new));
  }

  /** Whatever it does, it shows neither a stack trace nor a secret. */
  private Finished run(Jdk jdk, String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-jar", Agent.jar().toString()));
    all.addAll(List.of(arguments));
    Finished finished = Jvm.of(jdk, folder).run(all.toArray(String[]::new));
    String key = Pems.key(CA.identity()).lines().skip(1).findFirst().orElseThrow();
    assertThat(finished.out() + finished.err())
        .doesNotContain("\tat ", "PRIVATE KEY", KeyFiles.PASSWORD, key);
    return finished;
  }

  private void hold(KeyFiles format, Identity identity) throws Exception {
    for (Map.Entry<String, byte[]> file : format.write(slot(identity)).entrySet()) {
      write(tls, file.getKey(), file.getValue());
    }
  }

  private List<Path> files(KeyFiles format) throws Exception {
    return format.write(slot(DUE)).keySet().stream().map(tls::resolve).toList();
  }

  private Identity held(KeyFiles format) throws Exception {
    List<Path> files = files(format);
    char[] password = KeyFiles.PASSWORD.toCharArray();
    List<char[]> passwords = List.of(password);
    Location location =
        format.type().equals("PEM")
            ? Location.pem(files, passwords)
            : Location.keyStore(files.get(0), format.type(), null, password, passwords);
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(Files.readAllBytes(file));
    }
    return location.parse(contents).values().iterator().next();
  }

  /** What lies in the folder of the server's files: each with its content and time of change. */
  private Map<String, String> everything() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(tls)) {
      for (Path file : files.toList()) {
        String state =
            Files.isDirectory(file)
                ? "directory"
                : Files.getLastModifiedTime(file)
                    + Files.readString(file, StandardCharsets.ISO_8859_1);
        all.put(tls.relativize(file).toString(), state);
      }
    }
    return all;
  }

  private static Map<Slot, dev.hitless.it.cert.Identity> slot(Identity identity) {
    return Map.of(SLOT, new dev.hitless.it.cert.Identity(identity.key(), identity.chain()));
  }

  private static void write(Path place, String name, byte[] content) throws IOException {
    Path file = Files.write(place.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
