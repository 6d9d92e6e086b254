package dev.hitless.agent.inside.cli;

import com.grack.nanojson.JsonWriter;
import dev.hitless.inspect.Finding;
import dev.hitless.inspect.KeyFacts;
import dev.hitless.inspect.Presented;
import dev.hitless.inspect.Problem;
import dev.hitless.inspect.Unread;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.Names;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes results of {@code inspect} as JSON. The fields are listed in the module's README. */
final class InspectJson {
  private final Results results;
  private final String version;

  InspectJson(Results results, String version) {
    this.results = results;
    this.version = version;
  }

  String text(int exitCode) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("hitless", version);
    all.put("time", results.now.toString());
    all.put("exitCode", exitCode);
    all.put("findings", results.findings.stream().map(this::finding).collect(Collectors.toList()));
    List<Object> servers = new ArrayList<>();
    results.servers.forEach((target, presented) -> servers.add(server(target, presented)));
    all.put("servers", servers);
    List<Object> unread = new ArrayList<>();
    for (Unread each : results.unread) {
      unread.add(unread(each.file().toString(), each.reason().name(), each.text()));
    }
    results.unreachable.forEach((target, why) -> unread.add(unread(target, "UNREACHABLE", why)));
    all.put("unread", unread);
    return JsonWriter.indent("  ").string().object(all).done();
  }

  private Map<String, Object> finding(Finding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", finding.kind().code());
    fields.put("files", finding.files().stream().map(String::valueOf).collect(Collectors.toList()));
    fields.put("alias", finding.alias());
    fields.put("key", finding.key().code());
    if (!finding.chain().isEmpty()) {
      leaf(fields, finding.chain().get(0));
    }
    fields.put("chain", chain(finding.chain()));
    fields.put("problems", problems(finding.problems()));
    return fields;
  }

  private Map<String, Object> server(String target, Presented presented) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("target", target);
    fields.put("address", presented.address());
    fields.put("protocol", presented.protocol());
    fields.put("cipherSuite", presented.cipherSuite());
    fields.put("alpn", presented.alpn());
    fields.put("asksForClientCertificate", presented.asksForClient());
    fields.put("handshakeFailure", presented.broken());
    fields.put("nameMatches", presented.nameMatches());
    fields.put("trusted", presented.refusal() == null);
    leaf(fields, presented.chain().get(0));
    fields.put("chain", chain(presented.chain()));
    fields.put("problems", problems(presented.problems()));
    return fields;
  }

  private void leaf(Map<String, Object> fields, X509Certificate leaf) {
    fields.put("fingerprint", Fingerprint.of(leaf).hex());
    fields.put("names", new ArrayList<>(Names.of(leaf)));
    fields.put(
        "secondsLeft", ChronoUnit.SECONDS.between(results.now, leaf.getNotAfter().toInstant()));
    fields.put("renewalDue", RenewalDue.of(leaf, results.now).map(Instant::toString).orElse(null));
  }

  private static List<Object> chain(List<X509Certificate> chain) {
    List<Object> all = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      KeyFacts key = KeyFacts.of(certificate.getPublicKey());
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("fingerprint", Fingerprint.of(certificate).hex());
      fields.put("subject", certificate.getSubjectX500Principal().getName());
      fields.put("issuer", certificate.getIssuerX500Principal().getName());
      fields.put("serial", certificate.getSerialNumber().toString(16));
      fields.put("notBefore", certificate.getNotBefore().toInstant().toString());
      fields.put("notAfter", certificate.getNotAfter().toInstant().toString());
      fields.put("keyType", key.type());
      fields.put("keyBits", key.bits());
      fields.put("curve", key.curve());
      fields.put("signature", certificate.getSigAlgName());
      fields.put("ca", certificate.getBasicConstraints() >= 0);
      all.add(fields);
    }
    return all;
  }

  private static List<Object> problems(List<Problem> problems) {
    List<Object> all = new ArrayList<>();
    for (Problem problem : problems) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("code", problem.kind().code());
      fields.put("severity", problem.kind().isError() ? "error" : "warning");
      fields.put("text", problem.text());
      all.add(fields);
    }
    return all;
  }

  private static Map<String, Object> unread(String target, String reason, String text) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("target", target);
    fields.put("reason", reason.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    fields.put("text", text);
    return fields;
  }
}
