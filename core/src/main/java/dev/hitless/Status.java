package dev.hitless;

import dev.hitless.follow.FollowSummary;
import dev.hitless.follow.Generation;
import dev.hitless.follow.Refusal;
import dev.hitless.material.Identity;
import dev.hitless.material.Names;
import dev.hitless.material.Trust;
import dev.hitless.renew.RenewalStatus;
import dev.hitless.report.Counters;
import dev.hitless.report.IdentityStatus;
import dev.hitless.report.StatusMXBean;
import dev.hitless.report.TrustStatus;
import dev.hitless.serve.Interceptor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads how it stands from what the hitless thread has published. Thread-safe. */
final class Status implements StatusMXBean {
  private final Binder binder;
  private final TrustBinder trusts;
  private final Unbound unbound;
  private final Counters counters;
  private final Supplier<Map<String, String>> hooks;
  private final Interceptor interceptor;
  private final Sessions sessions;
  private final LivePolicy policy;

  Status(
      Binder binder,
      TrustBinder trusts,
      Unbound unbound,
      Counters counters,
      Supplier<Map<String, String>> hooks,
      Interceptor interceptor,
      Sessions sessions,
      LivePolicy policy) {
    this.binder = binder;
    this.trusts = trusts;
    this.unbound = unbound;
    this.counters = counters;
    this.hooks = hooks;
    this.interceptor = interceptor;
    this.sessions = sessions;
    this.policy = policy;
  }

  @Override
  public List<IdentityStatus> getIdentities() {
    List<IdentityStatus> identities = new ArrayList<>();
    for (FollowedOrigin origin : binder.origins()) {
      origin
          .identities()
          .forEach((alias, identity) -> identities.add(status(origin, alias, identity)));
    }
    return identities;
  }

  @SuppressWarnings("JavaUtilDate") // an X509Certificate knows no other
  private IdentityStatus status(FollowedOrigin origin, String alias, Identity identity) {
    FollowSummary<Map<String, Identity>> summary = origin.summary();
    IdentityStatus.Builder status = new IdentityStatus.Builder();
    status.origin = origin.origin().describe();
    status.alias = alias;
    status.subject = identity.leaf().getSubjectX500Principal().getName();
    status.names = new ArrayList<>(Names.of(identity.leaf()));
    status.fingerprint = identity.fingerprint().hex();
    status.generation = origin.generation().number();
    status.notAfterMillis = identity.leaf().getNotAfter().getTime();
    status.lastRotationMillis =
        status.generation > 1 ? origin.generation().changed().toEpochMilli() : 0;
    status.refusal = reason(summary.refusal());
    status.lastRefusal = reason(summary.lastRefusal());
    status.contexts =
        origin.contexts(alias).size()
            + origin.contexts(alias, interceptor.nettyKeys())
            + binder.rotations().contextsOfTomcat(identity);
    RenewalStatus renewal = binder.renewals().status(origin, alias);
    if (renewal != null) {
      status.nextRenewal = date(renewal.next());
      status.lastRenewal = date(renewal.last());
      status.renewedBy = renewal.issuer();
      status.renewalFailures = renewal.failures();
      status.lastRenewalFailure = date(renewal.lastFailure());
      status.lastRenewalFailureReason = renewal.lastFailureReason();
    }
    return status.build();
  }

  @Override
  public List<TrustStatus> getTrusts() {
    List<TrustStatus> statuses = new ArrayList<>();
    for (FollowedTrust origin : trusts.origins()) {
      Generation<Trust> generation = origin.generation();
      statuses.add(
          new TrustStatus(
              origin.origin().describe(),
              generation.material().size(),
              generation.material().fingerprint().hex(),
              generation.number(),
              generation.number() > 1 ? generation.changed().toEpochMilli() : 0,
              reason(origin.summary().refusal()),
              trusts.contexts(origin)));
    }
    return statuses;
  }

  @SuppressWarnings("JavaUtilDate") // JMX knows no other
  private static @Nullable Date date(@Nullable Instant instant) {
    return instant == null ? null : Date.from(instant);
  }

  private static @Nullable String reason(@Nullable Refusal refusal) {
    return refusal == null ? null : refusal.reason();
  }

  @Override
  public List<String> getNotFollowed() {
    return unbound.descriptions();
  }

  @Override
  public Map<String, String> getPolicy() {
    return policy.shown();
  }

  @Override
  public List<String> getPolicyNamesNotServed() {
    return policy.unserved();
  }

  @Override
  public int getContextsNotCovered() {
    return binder.rotations().notCovered();
  }

  @Override
  public Map<String, String> getHooks() {
    return hooks.get();
  }

  @Override
  public Map<String, Long> getCounters() {
    Map<String, Long> values = new LinkedHashMap<>();
    values.put("rotations", counters.rotations.sum());
    values.put("trustRotations", counters.trustRotations.sum());
    values.put("refusals", counters.refusals.sum());
    values.put("proofs", counters.proofs.sum());
    values.put("notCovered", counters.notCovered.sum());
    values.put("failures", counters.failures.sum());
    values.put("renewals", counters.renewals.sum());
    values.put("renewalFailures", counters.renewalFailures.sum());
    values.put("cutOffs", counters.cutOffs.sum());
    values.put("policies", counters.policies.sum());
    values.put("peersRefused", counters.peersRefused.sum());
    values.put("managers", counters.managers.sum());
    values.put("pinned", (long) interceptor.pinned());
    return values;
  }

  @Override
  public int endSessions() {
    return sessions.endAllNow();
  }
}
