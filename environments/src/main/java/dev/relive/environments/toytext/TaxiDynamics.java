package dev.relive.environments.toytext;

import dev.relive.environments.IntegerDynamics;
import dev.relive.environments.InternalState;
import dev.relive.environments.Options;
import dev.relive.environments.random.Generator;
import dev.relive.environments.random.LaneGenerators;
import dev.relive.environments.tabular.MarkovDecisionProcess;
import java.awt.image.BufferedImage;

/**
 * {@link Taxi}'s table, and passengers that may be fickle: with probability 0.3 one chooses another
 * destination in the first step that moves it. That step still has the reward for the old one.
 */
final class TaxiDynamics implements IntegerDynamics, InternalState {
  private static final double FICKLE = 0.3;
  private static final TaxiMap MAP = new TaxiMap();

  private final MarkovDecisionProcess process;
  private final boolean fickle;
  private final LaneGenerators generators;
  private final int[] state;

  /** Whether the passenger is yet to choose another destination. */
  private final boolean[] undecided;

  TaxiDynamics(int lanes, MarkovDecisionProcess process, boolean fickle) {
    this.process = process;
    this.fickle = fickle;
    generators = new LaneGenerators(lanes);
    state = new int[lanes];
    undecided = new boolean[lanes];
  }

  @Override
  public void seed(int lane, long seed) {
    generators.seed(lane, seed);
  }

  @Override
  public void reset(int lane, Options options, float[] observations) {
    Generator random = generators.of(lane);
    state[lane] = process.drawStart(random);
    undecided[lane] = fickle && random.random() < FICKLE;
    observations[lane] = state[lane];
  }

  @Override
  public void step(
      int from,
      int to,
      int[] actions,
      float[] observations,
      double[] rewards,
      boolean[] terminated) {
    for (int lane = from; lane < to; lane++) {
      Generator random = generators.of(lane);
      int outcome = process.draw(random, state[lane], actions[lane]);
      int next = process.next(outcome);
      if (undecided[lane]) {
        next = decide(lane, TaxiState.of(state[lane]), TaxiState.of(next), random);
      }
      state[lane] = next;
      observations[lane] = next;
      rewards[lane] = process.reward(outcome);
      terminated[lane] = process.terminated(outcome);
    }
  }

  private int decide(int lane, TaxiState before, TaxiState after, Generator random) {
    boolean moved = before.row() != after.row() || before.column() != after.column();
    if (!before.aboard() || !moved) {
      return after.number();
    }
    undecided[lane] = false;
    int other = random.integers(3);
    return after.withDestination(other < before.destination() ? other : other + 1).number();
  }

  @Override
  public String text(int lane) {
    return MAP.text(state[lane]);
  }

  @Override
  public BufferedImage image(int lane) {
    return MAP.image(state[lane]);
  }

  /** The state's number, and whether the passenger is yet to choose another destination. */
  @Override
  public double[] state(int lane) {
    return new double[] {state[lane], undecided[lane] ? 1 : 0};
  }

  @Override
  public void restore(int lane, double[] numbers) {
    state[lane] = (int) numbers[0];
    undecided[lane] = numbers[1] == 1;
  }

  @Override
  public double peek(int lane) {
    return generators.peek(lane);
  }
}
