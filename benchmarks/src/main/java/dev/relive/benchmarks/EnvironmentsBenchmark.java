package dev.relive.benchmarks;

import dev.relive.benchmarks.GymnasiumPeer.Mode;
import dev.relive.environments.Environments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lanes of every environment under random actions beside Gymnasium's vector environments, in steps
 * a second of one core's time: what else runs on the machine takes none of it.
 */
final class EnvironmentsBenchmark {
  private static final int FEW_LANES = 8;
  private static final Target FEW_LANES_TARGET = new Target.Ratio(50);
  private static final String VECTORISED = "CartPole-v1";
  private static final List<Integer> VECTORISED_LANES = List.of(64, 1024);

  /** There are many rows, and each round of one need not take as long as JMH's. */
  private static final int ROUNDS_IN_AN_ITERATION = 5;

  private final Effort effort;
  private final Duration time;
  private final @Nullable GymnasiumPeer peer;

  private EnvironmentsBenchmark(Effort effort, @Nullable GymnasiumPeer peer) {
    this.effort = effort;
    this.peer = peer;
    time = effort.iteration().dividedBy(ROUNDS_IN_AN_ITERATION);
  }

  /**
   * Measures it.
   *
   * @param python an interpreter with Gymnasium; null: ours stands alone
   */
  static List<Row> measure(Effort effort, @Nullable Path python) throws Exception {
    if (python == null) {
      return new EnvironmentsBenchmark(effort, null).rows();
    }
    try (GymnasiumPeer peer = new GymnasiumPeer(python)) {
      return new EnvironmentsBenchmark(effort, peer).rows();
    }
  }

  private List<Row> rows() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (String id : Environments.ids()) {
      rows.add(row(id, FEW_LANES, Mode.SYNC, "SyncVectorEnv", FEW_LANES_TARGET));
    }
    for (int lanes : VECTORISED_LANES) {
      rows.add(
          row(
              VECTORISED,
              lanes,
              Mode.VECTOR_ENTRY_POINT,
              "vector_entry_point",
              new Target.Ratio(1)));
    }
    return rows;
  }

  private Row row(String id, int lanes, Mode mode, String peerName, Target target)
      throws Exception {
    String what = id + ", " + lanes + " lanes";
    EnvironmentLoop loop = new EnvironmentLoop(id, lanes);
    GymnasiumPeer measuring = peer;
    if (measuring == null) {
      return alone(what + " (no Gymnasium here)", loop);
    }
    if (measuring.stepsPerSecond(mode, id, lanes, time).isEmpty()) {
      return alone(what, loop);
    }
    List<Series> speeds =
        RoundRobin.measure(
            effort,
            List.of(
                () -> loop.stepsPerSecond(time), () -> stepsPerSecond(measuring, mode, id, lanes)));
    return new Row(
        what, "steps/s", speeds.get(0), new Row.Yardstick(peerName, speeds.get(1), target));
  }

  private Row alone(String what, EnvironmentLoop loop) throws Exception {
    List<Series> speeds = RoundRobin.measure(effort, List.of(() -> loop.stepsPerSecond(time)));
    return new Row(what, "steps/s", speeds.get(0), null);
  }

  private double stepsPerSecond(GymnasiumPeer measuring, Mode mode, String id, int lanes)
      throws IOException {
    return measuring.stepsPerSecond(mode, id, lanes, time).orElseThrow();
  }
}
