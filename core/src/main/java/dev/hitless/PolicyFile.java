package dev.hitless;

import dev.hitless.config.Settings;
import dev.hitless.follow.Origin;
import dev.hitless.material.MaterialException;
import dev.hitless.policy.Policies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The properties file as the origin of the policy. What system properties or the agent's arguments
 * say of it counts more, as at the start.
 *
 * <p>Immutable and thread-safe.
 */
final class PolicyFile implements Origin<PolicyContent> {
  private final Settings settings;
  private final Path file;
  private final List<String> known;

  /**
   * Creates the origin.
   *
   * @param file absolute
   * @param known what is wrong whatever the file holds, and was said
   */
  PolicyFile(Settings settings, Path file, List<String> known) {
    this.settings = settings;
    this.file = file;
    this.known = Collections.unmodifiableList(new ArrayList<>(known));
  }

  @Override
  public List<Path> files() {
    return Collections.singletonList(file);
  }

  @Override
  public PolicyContent load(List<byte[]> bytes) throws MaterialException {
    byte[] content = bytes.get(0);
    Map<String, String> all;
    try {
      all = settings.withFile(content);
    } catch (IllegalArgumentException e) {
      throw malformed("cannot be read as properties: " + e.getMessage(), e);
    }
    Policies policies = Policies.of(all);
    List<String> problems = new ArrayList<>(policies.problems());
    problems.removeAll(known);
    if (!problems.isEmpty()) {
      throw malformed(String.join("; ", problems), null);
    }
    return new PolicyContent(policies, isWhole(content));
  }

  private MaterialException malformed(
      String what, @org.jspecify.annotations.Nullable Throwable cause) {
    return new MaterialException(MaterialException.Reason.MALFORMED, file + ": " + what, cause);
  }

  /** A text that ends within a line may be the first part of what is being written. */
  private static boolean isWhole(byte[] content) {
    return content.length > 0 && content[content.length - 1] == '\n';
  }

  @Override
  public String describe() {
    return "properties file " + file;
  }
}
