package dev.relive.environments.textbook;

import dev.relive.environments.IntegerDynamics;
import dev.relive.environments.InternalState;
import dev.relive.environments.Options;
import dev.relive.environments.random.LaneGenerators;
import java.util.Locale;

/** Arms with their means. */
final class BanditDynamics implements IntegerDynamics, InternalState {
  private static final int NONE = -1;

  private final double[] means;
  private final LaneGenerators generators;

  /** What was pulled last, and what it brought. */
  private final int[] arm;

  private final double[] reward;

  BanditDynamics(int lanes, double[] means) {
    this.means = means.clone();
    generators = new LaneGenerators(lanes);
    arm = new int[lanes];
    reward = new double[lanes];
  }

  @Override
  public void seed(int lane, long seed) {
    generators.seed(lane, seed);
  }

  @Override
  public void reset(int lane, Options options, float[] observations) {
    arm[lane] = NONE;
    reward[lane] = 0;
    observations[lane] = 0;
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
      arm[lane] = actions[lane];
      reward[lane] = means[actions[lane]] + StandardNormal.draw(generators.of(lane));
      observations[lane] = 0;
      rewards[lane] = reward[lane];
      terminated[lane] = false;
    }
  }

  /** A line for each arm with its mean, and behind the last one pulled what it brought. */
  @Override
  public String text(int lane) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < means.length; i++) {
      text.append(String.format(Locale.ROOT, "arm %3d  mean %5.2f", i, means[i]));
      if (i == arm[lane]) {
        text.append(String.format(Locale.ROOT, "  brought %5.2f", reward[lane]));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Nothing: no step depends on those before it. */
  @Override
  public double[] state(int lane) {
    return new double[0];
  }

  @Override
  public void restore(int lane, double[] state) {
    // There is no state.
  }

  @Override
  public double peek(int lane) {
    return generators.peek(lane);
  }
}
