package dev.relive.environments.classic;

import dev.relive.environments.FloatDynamics;
import dev.relive.environments.InternalState;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.random.Generator;
import dev.relive.environments.random.LaneGenerators;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A rod of 1 m and 1 kg: its angle from upright (rad, not wrapped) and angular velocity (rad/s) in
 * float64, stepped with the new velocity (semi-implicit Euler). An observation is the cosine and
 * the sine of the angle and the velocity in float32. The torque (N m) is cut to its range and,
 * together with its terms, float32.
 *
 * <p>A step's reward, of the state before it, is -(angle² + 0.1 velocity² + 0.001 torque²), the
 * angle wrapped into [-π, π). Nothing terminates an episode.
 */
final class PendulumDynamics implements FloatDynamics, InternalState {
  static final double MAX_SPEED = 8;
  static final float MAX_TORQUE = 2;
  static final List<Option> RESET_OPTIONS =
      List.of(
          Option.number("x_init", Math.PI, "greatest initial angle to both sides, rad"),
          Option.number("y_init", 1, "greatest initial angular velocity to both sides, rad/s"));

  private static final double STEP_SECONDS = 0.05;

  private final LaneGenerators generators;
  private final double[] theta;
  private final double[] thetaDot;
  private final double fall;

  PendulumDynamics(int lanes, double gravity) {
    generators = new LaneGenerators(lanes);
    theta = new double[lanes];
    thetaDot = new double[lanes];
    fall = 3 * gravity / 2;
  }

  @Override
  public void seed(int lane, long seed) {
    generators.seed(lane, seed);
  }

  @Override
  public void reset(int lane, Options options, float[] observations) {
    double angle = range(options, "x_init");
    double speed = range(options, "y_init");
    Generator random = generators.of(lane);
    theta[lane] = random.uniform(-angle, angle);
    thetaDot[lane] = random.uniform(-speed, speed);
    observe(lane, observations);
  }

  private static double range(Options options, String name) {
    double range = options.number(name);
    if (range < 0) {
      throw new IllegalArgumentException(
          "The reset option " + name + " must be 0 or more, and is " + range + ".");
    }
    return range;
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
      float torque = Math.min(Math.max(actions[lane], -MAX_TORQUE), MAX_TORQUE);
      rewards[lane] = -cost(wrapped(theta[lane]), thetaDot[lane], torque);
      turn(lane, torque);
      observe(lane, observations);
      terminated[lane] = false;
    }
  }

  private static double cost(double angle, double speed, float torque) {
    return angle * angle + 0.1 * (speed * speed) + 0.001f * (torque * torque);
  }

  /** The angle in [-π, π). */
  private static double wrapped(double angle) {
    double turn = 2 * Math.PI;
    double shifted = angle + Math.PI;
    if (!(shifted >= 0 && shifted < turn)) {
      shifted %= turn;
      shifted = shifted < 0 ? shifted + turn : shifted;
    }
    return shifted - Math.PI;
  }

  private void turn(int lane, float torque) {
    double acceleration = fall * Trigonometry.sin(theta[lane]) + 3f * torque;
    double speed = thetaDot[lane] + acceleration * STEP_SECONDS;
    thetaDot[lane] = Math.min(Math.max(speed, -MAX_SPEED), MAX_SPEED);
    theta[lane] += thetaDot[lane] * STEP_SECONDS;
  }

  private void observe(int lane, float[] observations) {
    observations[3 * lane] = (float) Trigonometry.cos(theta[lane]);
    observations[3 * lane + 1] = (float) Trigonometry.sin(theta[lane]);
    observations[3 * lane + 2] = (float) thetaDot[lane];
  }

  @Override
  public String text(int lane) {
    return RodPicture.pendulum(theta[lane]).text();
  }

  @Override
  public BufferedImage image(int lane) {
    return RodPicture.pendulum(theta[lane]).image();
  }

  @Override
  public double[] state(int lane) {
    return new double[] {theta[lane], thetaDot[lane]};
  }

  @Override
  public void restore(int lane, double[] state) {
    theta[lane] = state[0];
    thetaDot[lane] = state[1];
  }

  @Override
  public double peek(int lane) {
    return generators.peek(lane);
  }
}
