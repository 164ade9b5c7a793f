package dev.relive.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/** A part of the table that can be measured by itself. */
enum Section {
  WRITER,
  READER,
  REPLAY,
  SHUFFLE,
  EPISODES,
  UPDATES,
  ENVIRONMENTS,
  BRIDGE,
  STEPS,
  END_TO_END,
  LATENCY;

  /**
   * Measures it: takes a while.
   *
   * @param python an interpreter with Gymnasium, for the environments and the bridge; null: without
   */
  List<Row> measure(Effort effort, @Nullable Path python) throws Exception {
    return switch (this) {
      case WRITER -> WriterBenchmark.measure(effort);
      case READER -> ReaderBenchmark.measure(effort);
      case REPLAY -> ReplayBenchmark.measure(effort);
      case SHUFFLE -> ShuffleBenchmark.measure(effort);
      case EPISODES -> EpisodesBenchmark.measure(effort);
      case UPDATES -> updates(effort);
      case ENVIRONMENTS -> EnvironmentsBenchmark.measure(effort, python);
      case BRIDGE -> BridgeBenchmark.measure(effort, python);
      case STEPS -> StepsBenchmark.measure(effort);
      case END_TO_END -> EndToEndBenchmark.measure(effort);
      case LATENCY -> PolicyLatencyBenchmark.measure(effort);
    };
  }

  private static List<Row> updates(Effort effort) throws RunnerException {
    List<Row> rows = new ArrayList<>(DoubleDqnBenchmark.measure(effort));
    rows.addAll(ActorCriticBenchmark.measure(effort));
    return rows;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
