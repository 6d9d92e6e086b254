package dev.hitless.it.bench;

import dev.hitless.it.jdk.Jdk;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

/** One thing that is measured on every JDK. */
interface Benchmark {

  /** Measures it; a line for each number. */
  List<Line> run(Lab lab, Jdk jdk)
      throws IOException, GeneralSecurityException, InterruptedException;
}
