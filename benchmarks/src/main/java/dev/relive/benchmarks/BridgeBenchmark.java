package dev.relive.benchmarks;

import dev.relive.benchmarks.GymnasiumPeer.Mode;
import dev.relive.environments.Environments;
import dev.relive.environments.VectorEnvironment;
import dev.relive.environments.random.Generator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LunarLander of Gymnasium, stepped from here through one process, beside the same lanes stepped by
 * Gymnasium itself in its own process, both in steps a second of the clock.
 */
final class BridgeBenchmark {
  private static final String PEER_ID = "LunarLander-v3";
  private static final String ID = "gymnasium:" + PEER_ID;
  private static final List<Integer> LANES = List.of(1, 8, 64);
  private static final int ROWS = 64;

  /** A fifth of overhead, once the lanes are 8 or more. */
  private static final Target TARGET = new Target.Ratio(0.83);

  private BridgeBenchmark() {}

  /**
   * Measures it.
   *
   * @param python an interpreter with Gymnasium and Box2D; null: there are no rows
   */
  static List<Row> measure(Effort effort, @Nullable Path python) throws Exception {
    List<Row> rows = new ArrayList<>();
    if (python != null) {
      System.setProperty("relive.python", python.toString());
      try (GymnasiumPeer peer = new GymnasiumPeer(python)) {
        for (int lanes : LANES) {
          rows.add(row(effort, peer, lanes));
        }
      }
    }
    return rows;
  }

  private static Row row(Effort effort, GymnasiumPeer peer, int lanes) throws Exception {
    Duration time = effort.iteration();
    try (VectorEnvironment environment = Environments.vector(Environments.spec(ID), lanes)) {
      environment.reset(0);
      int[][] actions = actions(lanes);
      List<Series> speeds =
          RoundRobin.measure(
              effort,
              List.of(
                  () -> stepsPerSecond(environment, actions, time),
                  () ->
                      peer.stepsPerSecond(Mode.SYNC_SAME_STEP, PEER_ID, lanes, time)
                          .orElseThrow()));
      return new Row(
          ID + ", " + lanes + (lanes == 1 ? " lane" : " lanes"),
          "steps/s",
          speeds.get(0),
          new Row.Yardstick("SyncVectorEnv", speeds.get(1), lanes < 8 ? null : TARGET));
    }
  }

  private static int[][] actions(int lanes) {
    Generator random = Generator.seeded(0);
    int[][] actions = new int[ROWS][lanes];
    for (int[] row : actions) {
      for (int lane = 0; lane < lanes; lane++) {
        row[lane] = random.integers(4);
      }
    }
    return actions;
  }

  private static double stepsPerSecond(
      VectorEnvironment environment, int[][] actions, Duration time) {
    long start = System.nanoTime();
    long calls = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      for (int[] row : actions) {
        environment.step(row);
      }
      calls += ROWS;
    }
    return RoundRobin.perSecond(calls * environment.lanes(), start);
  }
}
