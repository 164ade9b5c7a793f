package dev.relive.environments.classic;

import dev.relive.environments.IntegerDynamics;
import dev.relive.environments.InternalState;
import dev.relive.environments.Options;
import dev.relive.environments.random.LaneGenerators;
import java.awt.image.BufferedImage;

/**
 * MountainCar with three actions, in float64; an observation is position and velocity in float32. A
 * step's reward is -1, also at the goal. Reaching the left end stops the car.
 */
final class MountainCarDynamics implements IntegerDynamics, InternalState {
  private static final double FORCE = 0.001;

  private final LaneGenerators generators;
  private final double[] position;
  private final double[] velocity;
  private final double goalVelocity;

  MountainCarDynamics(int lanes, double goalVelocity) {
    generators = new LaneGenerators(lanes);
    position = new double[lanes];
    velocity = new double[lanes];
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
    observe(lane, observations);
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
      push(lane, actions[lane] - 1);
      observe(lane, observations);
      rewards[lane] = -1;
      terminated[lane] = position[lane] >= MountainCar.GOAL && velocity[lane] >= goalVelocity;
    }
  }

  private void push(int lane, int direction) {
    double x = position[lane];
    double v =
        velocity[lane] + (direction * FORCE + Trigonometry.cos(3 * x) * -MountainCar.GRAVITY);
    v = Math.min(Math.max(v, -MountainCar.MAX_SPEED), MountainCar.MAX_SPEED);
    x = Math.min(Math.max(x + v, MountainCar.LEFT_END), MountainCar.RIGHT_END);
    position[lane] = x;
    velocity[lane] = x == MountainCar.LEFT_END && v < 0 ? 0 : v;
  }

  private void observe(int lane, float[] observations) {
    observations[2 * lane] = (float) position[lane];
    observations[2 * lane + 1] = (float) velocity[lane];
  }

  @Override
  public String text(int lane) {
    return MountainCarPicture.text(position[lane], MountainCar.GOAL);
  }

  @Override
  public BufferedImage image(int lane) {
    return MountainCarPicture.image(position[lane], MountainCar.GOAL);
  }

  @Override
  public double[] state(int lane) {
    return new double[] {position[lane], velocity[lane]};
  }

  @Override
  public void restore(int lane, double[] state) {
    position[lane] = state[0];
    velocity[lane] = state[1];
  }

  @Override
  public double peek(int lane) {
    return generators.peek(lane);
  }
}
