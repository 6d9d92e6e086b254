package dev.hitless.agent.inside.cli;

import dev.hitless.inspect.Finding;
import dev.hitless.inspect.KeyFacts;
import dev.hitless.inspect.Presented;
import dev.hitless.inspect.Problem;
import dev.hitless.inspect.Unread;
import dev.hitless.material.Fingerprint;
import dev.hitless.material.MaterialException;
import dev.hitless.material.Names;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Prints results of {@code inspect} for people. */
final class InspectText {
  private final Results results;
  private final PrintStream out;
  private final Ink ink;
  private boolean printed;

  InspectText(Results results, PrintStream out, Ink ink) {
    this.results = results;
    this.out = out;
    this.ink = ink;
  }

  void print() {
    results.findings.forEach(this::finding);
    results.servers.forEach(this::server);
    for (Unread each : results.unread) {
      head(each.file().toString(), "");
      boolean closed = each.reason() == MaterialException.Reason.WRONG_PASSWORD;
      String hint = closed ? "; name it with --password-file or --password-env" : "";
      field("unreadable", ink.bad(Plain.line(each.text() + hint)));
    }
    results.unreachable.forEach(
        (target, why) -> {
          head(target, "");
          field("unreachable", ink.bad(Plain.line(why)));
        });
    if (results.findings.isEmpty() && !printed) {
      out.println("No key and no certificate was found.");
    }
  }

  private void finding(Finding finding) {
    String files = finding.files().stream().map(Path::toString).collect(Collectors.joining(", "));
    String alias = finding.alias() == null ? "" : ", alias " + finding.alias();
    head(files, alias);
    List<X509Certificate> chain = finding.chain();
    if (!chain.isEmpty()) {
      certificate(label(finding.kind()), chain.get(0));
    }
    if (finding.key() != Finding.KeyState.NONE) {
      field("key", key(finding.key(), chain.isEmpty()));
    }
    above(chain);
    problems(finding.problems());
  }

  private void server(String target, Presented presented) {
    head(target, " (" + presented.address() + ")");
    String alpn = presented.alpn() == null ? "" : ", " + presented.alpn();
    field("session", presented.protocol() + ", " + presented.cipherSuite() + alpn);
    certificate("presents", presented.chain().get(0));
    above(presented.chain());
    field("name", presented.nameMatches() ? ink.good("matches") : ink.bad("does not match"));
    field("trust", presented.refusal() == null ? ink.good("verifies") : ink.bad("does not verify"));
    field("client", presented.asksForClient() ? "is asked for a certificate" : "is not asked");
    String broken = presented.broken();
    if (broken != null) {
      field("then", Plain.line(broken));
    }
    problems(presented.problems());
  }

  private void certificate(String label, X509Certificate leaf) {
    field(label, subject(leaf));
    field("SHA-256", Fingerprint.of(leaf).hex());
    SortedSet<String> names = Names.of(leaf);
    if (!names.isEmpty() && leaf.getBasicConstraints() < 0) {
      field("names", Plain.line(String.join(", ", names)));
    }
    field("valid", validity(leaf));
    RenewalDue.of(leaf, results.now).ifPresent(due -> field("renewal", renewal(due)));
    field("public key", KeyFacts.of(leaf.getPublicKey()) + ", signed with " + leaf.getSigAlgName());
    field("issuer", Plain.line(leaf.getIssuerX500Principal().toString()));
  }

  private void above(List<X509Certificate> chain) {
    for (int i = 1; i < chain.size(); i++) {
      X509Certificate issuer = chain.get(i);
      field(
          i == 1 ? "chain" : "",
          subject(issuer)
              + ", "
              + KeyFacts.of(issuer.getPublicKey())
              + ", to "
              + issuer.getNotAfter().toInstant()
              + ", by "
              + Plain.line(issuer.getIssuerX500Principal().toString()));
    }
  }

  private void problems(List<Problem> problems) {
    for (Problem problem : problems) {
      String code = problem.kind().code() + ": ";
      field(
          problem.kind().isError() ? "PROBLEM" : "warning",
          (problem.kind().isError() ? ink.bad(code) : ink.warning(code))
              + Plain.line(problem.text()));
    }
  }

  private String validity(X509Certificate certificate) {
    Instant end = certificate.getNotAfter().toInstant();
    String left = Spans.until(end, results.now);
    return certificate.getNotBefore().toInstant()
        + " to "
        + end
        + ", "
        + (results.now.isAfter(end) ? ink.bad(left) : ink.good(left));
  }

  private String renewal(Instant due) {
    return due.isAfter(results.now)
        ? "due at " + due + ", in " + Spans.words(Duration.between(results.now, due))
        : ink.warning("due since " + due);
  }

  private static String subject(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().toString();
    return subject.isEmpty() ? "(no subject)" : Plain.line(subject);
  }

  private static String label(Finding.Kind kind) {
    switch (kind) {
      case IDENTITY:
        return "identity";
      case TRUSTED:
        return "trusts";
      default:
        return "certificate";
    }
  }

  private static String key(Finding.KeyState state, boolean alone) {
    switch (state) {
      case OPENED:
        return alone ? "a private key" : "belongs to the certificate";
      case LOCKED:
        return "protected by a password, not checked";
      case MISMATCH:
        return "belongs to none of the certificates";
      default:
        return "could not be opened";
    }
  }

  private void head(String name, String more) {
    if (printed) {
      out.println();
    }
    printed = true;
    out.println(ink.bold(Plain.line(name)) + Plain.line(more));
  }

  private void field(String label, String text) {
    out.println(String.format("  %-11s %s", label, text));
  }
}
