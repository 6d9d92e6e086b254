package dev.hitless.it;

import dev.hitless.it.jdk.Jdk;
import dev.hitless.it.jdk.Jdks;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Every selected server on every selected JDK; the table at the end is the proof. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RotationIT {
  /** One server waits for its start while the other rotates. */
  private static final int AT_A_TIME = 2;

  private final ExecutorService executor = Executors.newFixedThreadPool(AT_A_TIME);
  private final List<Row> rows = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> presentsTheNewCertificate()
      throws IOException, GeneralSecurityException, InterruptedException {
    NavigableMap<Integer, Jdk> jdks = Jdks.find();
    System.out.println("JDKs: " + jdks.values());
    Bench bench = Bench.setUp();
    List<ServerRun> runs = new Selection(bench, jdks).runs();
    bench.builds().build(runs.stream().map(run -> run.server().module()).toList());
    Map<ServerRun, Future<List<Row>>> results = new LinkedHashMap<>();
    for (ServerRun run : runs) {
      results.put(run, executor.submit(run::run));
    }
    return results.entrySet().stream()
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.getKey().toString(), () -> check(result.getValue())));
  }

  private void check(Future<List<Row>> result) throws InterruptedException, ExecutionException {
    List<Row> found = result.get();
    rows.addAll(found);
    String failures =
        found.stream()
            .filter(row -> !row.passed())
            .map(row -> row.way() + ": " + row.failure())
            .collect(Collectors.joining("\n"));
    if (!failures.isEmpty()) {
      Assertions.fail(failures);
    }
  }

  @AfterAll
  void printTable() {
    executor.shutdownNow();
    System.out.println(Table.of(rows));
  }
}
