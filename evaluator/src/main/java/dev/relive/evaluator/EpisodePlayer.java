package dev.relive.evaluator;

import dev.relive.environments.EnvironmentFailure;
import dev.relive.environments.VectorEnvironment;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Plays whole episodes on seeds of their own, as many at a time as there are lanes. Every episode
 * that is begun counts, once and whole, however long it lasts: stopping when enough have ended
 * would favour short ones.
 */
final class EpisodePlayer implements AutoCloseable {
  private final VectorEnvironment environment;
  private final LongUnaryOperator seeds;
  private final int lanes;
  private final int[] actions;
  private final boolean[] playing;
  private final double[] returns;
  private final long[] lengths;

  /**
   * A player of an environment.
   *
   * @param seeds the environment's seed for an index of the evaluation range
   */
  EpisodePlayer(VectorEnvironment environment, LongUnaryOperator seeds) {
    this.environment = environment;
    this.seeds = seeds;
    lanes = environment.lanes();
    actions = new int[lanes];
    playing = new boolean[lanes];
    returns = new double[lanes];
    lengths = new long[lanes];
  }

  /**
   * Plays the episodes of the seeds {@code [firstSeed, firstSeed + episodes)}.
   *
   * @throws InterruptedException when interrupted between two steps
   * @throws EnvironmentFailure when an episode broke off
   */
  EpisodeResults play(GreedyPolicy policy, long firstSeed, int episodes)
      throws InterruptedException {
    EpisodeResults results = new EpisodeResults(new double[episodes], new long[episodes]);
    for (int first = 0; first < episodes; first += lanes) {
      int count = Math.min(lanes, episodes - first);
      playRound(policy, firstSeed + first, count);
      System.arraycopy(returns, 0, results.returns(), first, count);
      System.arraycopy(lengths, 0, results.lengths(), first, count);
    }
    return results;
  }

  /** Plays one episode in each of the first {@code count} lanes; what the others do is ignored. */
  private void playRound(GreedyPolicy policy, long firstSeed, int count)
      throws InterruptedException {
    long[] laneSeeds = new long[lanes];
    Arrays.setAll(laneSeeds, lane -> seeds.applyAsLong(firstSeed + Math.min(lane, count - 1)));
    environment.reset(laneSeeds);
    policy.begin();
    Arrays.fill(returns, 0);
    Arrays.fill(lengths, 0);
    Arrays.fill(playing, 0, count, true);
    int open = count;
    while (open > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the evaluation was interrupted");
      }
      policy.act(environment.observations(), actions);
      environment.step(actions);
      open -= count(count);
    }
  }

  /** Adds the last step to the episodes under way, and says how many it ended. */
  private int count(int count) {
    int ended = 0;
    for (int lane = 0; lane < count; lane++) {
      if (playing[lane]) {
        if (environment.abandoned()[lane]) {
          throw new EnvironmentFailure(
              "An episode of the evaluation broke off: " + environment.failure(lane));
        }
        returns[lane] += environment.rewards()[lane];
        lengths[lane]++;
        playing[lane] = !environment.terminated()[lane] && !environment.truncated()[lane];
        ended += playing[lane] ? 0 : 1;
      }
    }
    return ended;
  }

  @Override
  public void close() {
    environment.close();
  }
}
