package dev.relive.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Steps from environments through the log into the learner's replay, by one, two and four producers
 * with the learner's credit, beside as many bare loops of policy and environments at once on the
 * same cores. The learner ingests and publishes Progress but makes no updates, and its credit is
 * ample, so what is measured is the way of the experience.
 */
final class EndToEndBenchmark {
  private static final List<Integer> PRODUCERS = List.of(1, 2, 4);
  private static final String NEVER = "1000000000";
  private static final Map<String, String> INGESTING =
      Map.of(
          "flow.max-lead", "65536",
          "schedule.steps", NEVER,
          "schedule.train-every", NEVER,
          "schedule.snapshot-every", NEVER,
          "schedule.checkpoint-every", NEVER,
          "exploration.final", "1");

  private EndToEndBenchmark() {}

  static List<Row> measure(Effort effort) throws Exception {
    try (BenchmarkLog log = BenchmarkLog.start()) {
      List<RoundRobin.Turn<Double>> contenders = new ArrayList<>();
      for (int producers : PRODUCERS) {
        contenders.add(() -> ingest(log, producers, effort.steps()));
        contenders.add(() -> BareLoop.stepsPerSecond(producers, effort.steps()));
      }
      List<Series> speeds = RoundRobin.measure(effort, contenders);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < PRODUCERS.size(); i++) {
        rows.add(row(PRODUCERS.get(i), speeds.get(2 * i), speeds.get(2 * i + 1)));
      }
      return rows;
    }
  }

  private static Row row(int producers, Series ours, Series limit) {
    String plural = producers == 1 ? "" : "s";
    return new Row(
        "end to end: %d producer%s, log, replay".formatted(producers, plural),
        "steps/s",
        ours,
        new Row.Yardstick(
            "%d bare loop%s, act and step".formatted(producers, plural), limit, null));
  }

  /** Counted by the learner, from when every producer's first steps have been ingested. */
  private static double ingest(BenchmarkLog log, int producers, int steps) {
    try (LearningSystem system = new LearningSystem(log.connection(), INGESTING, producers)) {
      long warm = (long) producers * steps / 4;
      long first = system.await(system::ingested, warm);
      long start = System.nanoTime();
      long last = system.await(system::ingested, first + (long) producers * steps);
      return RoundRobin.perSecond(last - first, start);
    }
  }
}
