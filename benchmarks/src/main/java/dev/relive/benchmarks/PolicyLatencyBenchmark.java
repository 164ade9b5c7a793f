package dev.relive.benchmarks;

import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.Policy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The time from the making of a policy's message to when the producer acts by it or a newer one,
 * while a learner learns and a producer steps as in {@code relive train}; beside a bare transaction
 * of as many bytes on its way to a consumer of committed records, with nothing else going on.
 */
final class PolicyLatencyBenchmark {
  private static final double MOST_MILLIS = 50;
  private static final double MICROS_PER_MILLI = 1e3;

  /** By then every path has been taken; versions come at most twenty a second. */
  private static final long WARM_VERSION = 40;

  /** No snapshots: their policies are made before it is their turn to be published. */
  private static final Map<String, String> LEARNING =
      Map.of(
          "schedule.steps", "1000000000",
          "schedule.learning-starts", "100",
          "schedule.snapshot-every", "1000000000",
          "schedule.checkpoint-every", "1000000000");

  private PolicyLatencyBenchmark() {}

  static List<Row> measure(Effort effort) throws Exception {
    try (BenchmarkLog log = BenchmarkLog.start()) {
      TopicCatalogue topics = log.shared();
      try (BareTransactions bare =
          BareTransactions.open(log.connection(), topics.policies(), topics.progress())) {
        int policies = effort.policies();
        List<List<double[]>> rounds =
            RoundRobin.turns(
                effort, List.of(() -> toFirstUse(log, policies), () -> bare.millis(policies)));
        return List.of(
            row("half of all", 0.5, rounds, null),
            row("99 % of all", 0.99, rounds, new Target.Ours(MOST_MILLIS)));
      }
    }
  }

  /** A percentile of all rounds together. */
  private static Row row(
      String part, double fraction, List<List<double[]>> rounds, @Nullable Target target) {
    List<Series> percentiles =
        rounds.stream()
            .map(turns -> turns.stream().flatMapToDouble(DoubleStream::of).toArray())
            .map(all -> new Series(List.of(Statistics.percentile(fraction, all))))
            .toList();
    return new Row(
        "policy: made, committed, acted by: " + part,
        "ms",
        percentiles.get(0),
        new Row.Yardstick("a bare transaction, read", percentiles.get(1), target));
  }

  private static double[] toFirstUse(BenchmarkLog log, int policies) {
    NavigableMap<Long, Long> usedAt = new TreeMap<>();
    String run;
    try (LearningSystem system = new LearningSystem(log.connection(), LEARNING, 1)) {
      run = system.run();
      long version = system.await(system::actingVersion, WARM_VERSION);
      for (int used = 0; used <= policies; used++) {
        version = system.await(system::actingVersion, version + 1);
        usedAt.put(version, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
      }
    }
    // Every policy counts, also one that a newer one overtook on its way.
    return PublishedPolicies.of(log.connection(), run).stream()
        .filter(policy -> policy.getVersion() > usedAt.firstKey())
        .filter(policy -> policy.getVersion() <= usedAt.lastKey())
        .mapToDouble(policy -> millisToUse(policy, usedAt))
        .toArray();
  }

  private static double millisToUse(Policy policy, NavigableMap<Long, Long> usedAt) {
    long used = usedAt.ceilingEntry(policy.getVersion()).getValue();
    return (used - policy.getAtMicros()) / MICROS_PER_MILLI;
  }
}
