package dev.relive.environments.classic;

import dev.relive.environments.FloatDynamics;
import dev.relive.environments.InternalState;
import dev.relive.environments.Options;
import dev.relive.environments.random.LaneGenerators;
import java.awt.image.BufferedImage;

/**
 * MountainCar with a force from -1 to 1, its precision that of Gymnasium under NumPy 2: the state
 * at a reset is float64, and from the first step on it is rounded to float32, which feeds back. A
 * force within the range is float32 as well, and one cut to the range is not.
 *
 * <p>A step's reward is -0.1 force², the force as it was given, and 100 more at the goal.
 */
final class MountainCarContinuousDynamics implements FloatDynamics, InternalState {
  private static final double POWER = 0.0015;
  private static final float LEFT_END = (float) MountainCar.LEFT_END;
  private static final float RIGHT_END = (float) MountainCar.RIGHT_END;
  private static final float MAX_SPEED = (float) MountainCar.MAX_SPEED;
  private static final float GOAL = (float) MountainCar.GOAL_WITH_FORCE;

  private final LaneGenerators generators;
  private final double[] position;
  private final double[] velocity;

  /** Whether the state is one of a reset, of float64. */
  private final boolean[] fresh;

  private final double goalVelocity;

  MountainCarContinuousDynamics(int lanes, double goalVelocity) {
    generators = new LaneGenerators(lanes);
    position = new double[lanes];
    velocity = new double[lanes];
    fresh = new boolean[lanes];
    this.goalVelocity = goalVelocity;
  }

  @Override
  public void seed(int lane, long seed) {
    generators.seed(lane, seed);
  }

  @Override
  public void reset(int lane, Options options, float[] observations) {
    ResetRange range = ResetRange.of(options);
    position[lane] = generators.of(lane).uniform(range.low(), range.high());
    velocity[lane] = 0;
    fresh[lane] = true;
    observe(lane, observations);
  }

  @Override
  public void step(
      int from,
      int to,
      float[] actions,
      float[] observations,
      double[] rewards,
      boolean[] terminated) {
    for (int lane = from; lane < to; lane++) {
      float force = actions[lane];
      boolean reached = fresh[lane] ? moveFirst(lane, force) : move(lane, force);
      observe(lane, observations);
      terminated[lane] = reached;
      rewards[lane] = (reached ? 100 : 0) - (double) force * force * 0.1;
    }
  }

  /** The first step of an episode; whether it reaches the goal. */
  private boolean moveFirst(int lane, float force) {
    double x = position[lane];
    double v = velocity[lane] + acceleration(force, Trigonometry.cos(3 * x));
    v = Math.min(Math.max(v, -MountainCar.MAX_SPEED), MountainCar.MAX_SPEED);
    x = Math.min(Math.max(x + v, MountainCar.LEFT_END), MountainCar.RIGHT_END);
    v = x == MountainCar.LEFT_END && v < 0 ? 0 : v;
    position[lane] = (float) x;
    velocity[lane] = (float) v;
    fresh[lane] = false;
    return x >= MountainCar.GOAL_WITH_FORCE && v >= goalVelocity;
  }

  /** Any other step; whether it reaches the goal. */
  private boolean move(int lane, float force) {
    float x = (float) position[lane];
    float v = (float) velocity[lane] + (float) acceleration(force, Trigonometry.cos(3 * x));
    v = Math.min(Math.max(v, -MAX_SPEED), MAX_SPEED);
    x = Math.min(Math.max(x + v, LEFT_END), RIGHT_END);
    v = x == LEFT_END && v < 0 ? 0 : v;
    position[lane] = x;
    velocity[lane] = v;
    return x >= GOAL && v >= (float) goalVelocity;
  }

  private static double acceleration(float force, double slope) {
    double pull = MountainCar.GRAVITY * slope;
    if (force >= -1 && force <= 1) {
      return force * (float) POWER - (float) pull;
    }
    return (force > 0 ? POWER : -POWER) - pull;
  }

  private void observe(int lane, float[] observations) {
    observations[2 * lane] = (float) position[lane];
    observations[2 * lane + 1] = (float) velocity[lane];
  }

  @Override
  public String text(int lane) {
    return MountainCarPicture.text(position[lane], MountainCar.GOAL_WITH_FORCE);
  }

  @Override
  public BufferedImage image(int lane) {
    return MountainCarPicture.image(position[lane], MountainCar.GOAL_WITH_FORCE);
  }

  @Override
  public double[] state(int lane) {
    return new double[] {position[lane], velocity[lane]};
  }

  /** A state of float32 numbers counts as one after a step. */
  @Override
  public void restore(int lane, double[] state) {
    position[lane] = state[0];
    velocity[lane] = state[1];
    fresh[lane] = state[0] != (float) state[0] || state[1] != (float) state[1];
  }

  @Override
  public double peek(int lane) {
    return generators.peek(lane);
  }
}
