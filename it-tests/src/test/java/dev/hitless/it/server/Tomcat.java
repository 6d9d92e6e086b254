package dev.hitless.it.server;

import dev.hitless.it.cert.KeyFiles;
import dev.hitless.it.cert.Slot;
import dev.hitless.it.client.Talk;
import dev.hitless.it.file.Way;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Apache Tomcat from its zip, with JSSE or OpenSSL, started as {@code catalina.sh} starts it. */
final class Tomcat {

  private static final String JSSE = "org.apache.tomcat.util.net.jsse.JSSEImplementation";
  private static final String OPENSSL = "org.apache.tomcat.util.net.openssl.OpenSSLImplementation";

  private static final String LOADS_OPENSSL =
      "<Listener className='org.apache.catalina.core.AprLifecycleListener'/>";

  /** Where Debian puts what Java loads. */
  static final String NATIVE = "/usr/lib/x86_64-linux-gnu:/usr/lib/aarch64-linux-gnu:/usr/lib/jni";

  private Tomcat() {}

  static List<Server> servers() {
    return List.of(
        keystore("tomcat-8", "tomcat-8", 8, List.of(Way.RENAME, Way.IN_PLACE)),
        keystore("tomcat-9-keystore", "tomcat-9", 8, List.of(Way.SYMLINK, Way.IN_PLACE)),
        new Server(
            "tomcat-9-pem",
            "tomcat-9",
            Catalog.from(8),
            KeyFiles.PEM_PAIR,
            Slot.SINGLE,
            Talk.HTTP,
            List.of(Way.RENAME, Way.IN_PLACE),
            place -> configure(place, hosts(place, Tomcat::pem))),
        new Server(
            "tomcat-9-rsa-ec",
            "tomcat-9",
            Catalog.from(8),
            KeyFiles.PKCS12,
            Slot.RSA_AND_EC,
            Talk.HTTP,
            List.of(Way.RENAME, Way.RECREATE),
            place -> configure(place, rsaAndEc(place))),
        new Server(
            "tomcat-9-sni",
            "tomcat-9",
            Catalog.from(8),
            KeyFiles.PKCS12_EACH,
            Slot.SNI,
            Talk.HTTP,
            List.of(Way.KUBERNETES, Way.RENAME),
            place -> configure(place, hosts(place, Tomcat::keystore))),
        openssl(
            "tomcat-9-openssl", List.of(8, 25), KeyFiles.PKCS12, Way.IN_PLACE, Tomcat::keystore),
        openssl(
            "tomcat-9-openssl-pem", List.of(17), KeyFiles.PEM_APART, Way.SYMLINK, Tomcat::pemApart),
        keystore("tomcat-10", "tomcat-10", 11, List.of(Way.RENAME, Way.RECREATE)),
        keystore("tomcat-11", "tomcat-11", 17, List.of(Way.KUBERNETES, Way.IN_PLACE)));
  }

  private static Server keystore(String name, String module, int fromJdk, List<Way> ways) {
    return new Server(
        name,
        module,
        Catalog.from(fromJdk),
        KeyFiles.PKCS12,
        Slot.SINGLE,
        Talk.HTTP,
        ways,
        place -> configure(place, hosts(place, Tomcat::keystore)));
  }

  /** With Tomcat's native library, which Debian's libtcnative-1 holds. */
  private static Server openssl(
      String name, List<Integer> jdks, KeyFiles files, Way second, Certificate certificate) {
    return new Server(
        name,
        "tomcat-9",
        jdks,
        files,
        Slot.SINGLE,
        Talk.HTTP,
        List.of(Way.RENAME, second),
        new WithOpenssl(place -> openssl(place, hosts(place, certificate))));
  }

  static List<String> openssl(Place place, String hosts) throws IOException {
    List<String> command = new ArrayList<>();
    command.add("-Djava.library.path=" + NATIVE);
    command.addAll(configure(place, hosts, OPENSSL, ""));
    return command;
  }

  private interface Certificate {
    String of(Place place, Slot slot);
  }

  /** A virtual host for each slot. */
  private static String hosts(Place place, Certificate certificate) {
    return place.slots().stream()
        .map(
            slot ->
                "<SSLHostConfig hostName='%s'>%s</SSLHostConfig>"
                    .formatted(slot.host(), certificate.of(place, slot)))
        .collect(Collectors.joining("\n"));
  }

  /** One host whose certificates are told apart by their key type, from one keystore. */
  private static String rsaAndEc(Place place) {
    return place.slots().stream()
        .map(
            slot ->
                "<Certificate type='%s' certificateKeystoreFile='%s' certificateKeystorePassword='%s' certificateKeystoreType='%s' certificateKeyAlias='%s'/>"
                    .formatted(
                        slot.kind(),
                        place.keystore(),
                        KeyFiles.PASSWORD,
                        place.files().type(),
                        slot.name()))
        .collect(
            Collectors.joining("\n", "<SSLHostConfig hostName='localhost'>", "</SSLHostConfig>"));
  }

  private static String keystore(Place place, Slot slot) {
    return "<Certificate certificateKeystoreFile='%s' certificateKeystorePassword='%s' certificateKeystoreType='%s'/>"
        .formatted(
            place.file(slot, place.files().suffix()), KeyFiles.PASSWORD, place.files().type());
  }

  private static String pem(Place place, Slot slot) {
    return "<Certificate certificateFile='%s' certificateKeyFile='%s'/>"
        .formatted(place.file(slot, ".crt"), place.file(slot, ".key"));
  }

  private static String pemApart(Place place, Slot slot) {
    return "<Certificate certificateFile='%s' certificateChainFile='%s' certificateKeyFile='%s'/>"
        .formatted(
            place.file(slot, ".crt"), place.file(slot, "-chain.crt"), place.file(slot, ".key"));
  }

  /** One host that only lets clients in whose certificate leads to the trust store. */
  static String mutual(Place place) {
    return trusting(place, "required");
  }

  /** Each host with a trust store, and whether it asks clients for certificates. */
  static String trusting(Place place, String verification) {
    return place.slots().stream()
        .map(
            slot ->
                "<SSLHostConfig hostName='%s' certificateVerification='%s' truststoreFile='%s' truststorePassword='%s' truststoreType='PKCS12'>%s</SSLHostConfig>"
                    .formatted(
                        slot.host(),
                        verification,
                        place.tls().resolve("trust.p12"),
                        KeyFiles.PASSWORD,
                        keystore(place, slot)))
        .collect(Collectors.joining("\n"));
  }

  static List<String> configure(Place place, String hosts) throws IOException {
    return configure(place, hosts, "");
  }

  static List<String> configure(Place place, String hosts, String attributes) throws IOException {
    return configure(place, hosts, JSSE, attributes);
  }

  private static List<String> configure(
      Place place, String hosts, String implementation, String attributes) throws IOException {
    Path home = place.home();
    place.copy(home.resolve("conf/catalina.properties"), "conf/catalina.properties");
    place.copy(home.resolve("conf/logging.properties"), "conf/logging.properties");
    Files.createDirectories(place.folder().resolve("temp"));
    Files.createDirectories(place.folder().resolve("logs"));
    place.write(
        "conf/server.xml",
        """
        <Server port='-1'>
          %s
          <Service name='Catalina'>
            <Connector address='127.0.0.1' port='%d' SSLEnabled='true' scheme='https' secure='true'
                protocol='org.apache.coyote.http11.Http11NioProtocol' defaultSSLHostConfigName='%s'
                sslImplementationName='%s' %s>
              %s
            </Connector>
            <Engine name='Catalina' defaultHost='localhost'>
              <Host name='localhost' appBase='webapps' autoDeploy='false' deployOnStartup='false'/>
            </Engine>
          </Service>
        </Server>
        """
            .formatted(
                implementation.equals(OPENSSL) ? LOADS_OPENSSL : "",
                place.port(),
                place.slots().get(0).host(),
                implementation,
                attributes,
                hosts));
    return List.of(
        "-Djava.util.logging.config.file=" + place.folder().resolve("conf/logging.properties"),
        "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
        "-Dcatalina.home=" + home,
        "-Dcatalina.base=" + place.folder(),
        "-Djava.io.tmpdir=" + place.folder().resolve("temp"),
        "-cp",
        home.resolve("bin/bootstrap.jar")
            + File.pathSeparator
            + home.resolve("bin/tomcat-juli.jar"),
        "org.apache.catalina.startup.Bootstrap",
        "start");
  }
}
