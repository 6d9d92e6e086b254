package dev.hitless.agent.inside.cli;

import dev.hitless.inspect.FileReport;
import dev.hitless.inspect.Finding;
import dev.hitless.inspect.Presented;
import dev.hitless.inspect.Unread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that one {@code inspect} has seen, in the order of its arguments.
 *
 * <p>Owned by the thread of the command.
 */
final class Results {
  final Instant now;
  final List<Finding> findings = new ArrayList<>();
  final List<Unread> unread = new ArrayList<>();
  final Map<String, Presented> servers = new LinkedHashMap<>();
  final Map<String, String> unreachable = new LinkedHashMap<>();

  Results(Instant now) {
    this.now = now;
  }

  void add(FileReport report) {
    findings.addAll(report.findings());
    unread.addAll(report.unread());
  }

  int exitCode() {
    boolean closed = findings.stream().anyMatch(f -> f.key() == Finding.KeyState.FAILED);
    if (!unread.isEmpty() || !unreachable.isEmpty() || closed) {
      return ExitCode.UNREADABLE;
    }
    boolean problems =
        findings.stream().anyMatch(f -> !f.problems().isEmpty())
            || servers.values().stream().anyMatch(s -> !s.problems().isEmpty());
    return problems ? ExitCode.PROBLEMS : ExitCode.OK;
  }
}
