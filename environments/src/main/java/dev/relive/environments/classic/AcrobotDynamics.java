package dev.relive.environments.classic;

import dev.relive.environments.IntegerDynamics;
import dev.relive.environments.InternalState;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.random.Generator;
import dev.relive.environments.random.LaneGenerators;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Two rods of 1 m and 1 kg, their centres of mass in their middles and their moments of inertia 1:
 * the first's angle from hanging down, the second's angle against the first (rad), and both angular
 * velocities (rad/s), in float64 and by one Runge-Kutta step of fourth order for each action. At a
 * reset they are rounded to float32. An observation is cosine and sine of both angles and both
 * velocities in float32.
 *
 * <p>A step's reward is -1, and 0 when it brings the tip above the line, one rod's length over the
 * joint, which ends the episode.
 *
 * <p>Source: R. Sutton, "Generalization in Reinforcement Learning: Successful Examples Using Sparse
 * Coarse Coding", 1996; equations as in R. Sutton and A. Barto, "Reinforcement Learning: An
 * Introduction", 1998.
 */
final class AcrobotDynamics implements IntegerDynamics, InternalState {
  static final double MAX_SPEED_1 = 4 * Math.PI;
  static final double MAX_SPEED_2 = 9 * Math.PI;
  static final List<Option> RESET_OPTIONS =
      ResetRange.options(-0.1, 0.1, "each angle and velocity");

  private static final int SIZE = 6;
  private static final double GRAVITY = 9.8;
  private static final double CENTRE = 0.5;
  private static final double INERTIA = 1.0;
  private static final double STEP_SECONDS = 0.2;
  private static final int MANY_TURNS = 1_000;

  private final LaneGenerators generators;
  private final double[] theta1;
  private final double[] theta2;
  private final double[] omega1;
  private final double[] omega2;

  /** What {@link #accelerate} found. */
  private double acceleration1;

  private double acceleration2;

  AcrobotDynamics(int lanes) {
    generators = new LaneGenerators(lanes);
    theta1 = new double[lanes];
    theta2 = new double[lanes];
    omega1 = new double[lanes];
    omega2 = new double[lanes];
  }

  @Override
  public void seed(int lane, long seed) {
    generators.seed(lane, seed);
  }

  @Override
  public void reset(int lane, Options options, float[] observations) {
    ResetRange range = ResetRange.of(options);
    Generator random = generators.of(lane);
    theta1[lane] = (float) random.uniform(range.low(), range.high());
    theta2[lane] = (float) random.uniform(range.low(), range.high());
    omega1[lane] = (float) random.uniform(range.low(), range.high());
    omega2[lane] = (float) random.uniform(range.low(), range.high());
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
      swing(lane, actions[lane] - 1);
      observe(lane, observations);
      double height =
          -Trigonometry.cos(theta1[lane]) - Trigonometry.cos(theta2[lane] + theta1[lane]);
      terminated[lane] = height > 1;
      rewards[lane] = height > 1 ? 0 : -1;
    }
  }

  /** y + h/6 (k1 + 2 k2 + 2 k3 + k4), the derivatives of the angles being the velocities. */
  private void swing(int lane, double torque) {
    double half = STEP_SECONDS / 2;
    double t1 = theta1[lane];
    double t2 = theta2[lane];
    double w1 = omega1[lane];
    double w2 = omega2[lane];
    accelerate(t1, t2, w1, w2, torque);
    double k1a1 = acceleration1;
    double k1a2 = acceleration2;
    double k2w1 = w1 + half * k1a1;
    double k2w2 = w2 + half * k1a2;
    accelerate(t1 + half * w1, t2 + half * w2, k2w1, k2w2, torque);
    double k2a1 = acceleration1;
    double k2a2 = acceleration2;
    double k3w1 = w1 + half * k2a1;
    double k3w2 = w2 + half * k2a2;
    accelerate(t1 + half * k2w1, t2 + half * k2w2, k3w1, k3w2, torque);
    double k3a1 = acceleration1;
    double k3a2 = acceleration2;
    double k4w1 = w1 + STEP_SECONDS * k3a1;
    double k4w2 = w2 + STEP_SECONDS * k3a2;
    accelerate(t1 + STEP_SECONDS * k3w1, t2 + STEP_SECONDS * k3w2, k4w1, k4w2, torque);
    theta1[lane] = wrapped(weighted(t1, w1, k2w1, k3w1, k4w1));
    theta2[lane] = wrapped(weighted(t2, w2, k2w2, k3w2, k4w2));
    omega1[lane] = bounded(weighted(w1, k1a1, k2a1, k3a1, acceleration1), MAX_SPEED_1);
    omega2[lane] = bounded(weighted(w2, k1a2, k2a2, k3a2, acceleration2), MAX_SPEED_2);
  }

  private static double weighted(double y, double k1, double k2, double k3, double k4) {
    return y + STEP_SECONDS / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }

  private void accelerate(double t1, double t2, double w1, double w2, double torque) {
    double cos2 = Trigonometry.cos(t2);
    double sin2 = Trigonometry.sin(t2);
    double d1 = CENTRE * CENTRE + (1 + CENTRE * CENTRE + cos2) + INERTIA + INERTIA;
    double d2 = CENTRE * CENTRE + CENTRE * cos2 + INERTIA;
    double phi2 = CENTRE * GRAVITY * Trigonometry.cos(t1 + t2 - Math.PI / 2);
    double phi1 =
        -CENTRE * (w2 * w2) * sin2
            - w2 * w1 * sin2
            + (CENTRE + 1) * GRAVITY * Trigonometry.cos(t1 - Math.PI / 2)
            + phi2;
    acceleration2 =
        (torque + d2 / d1 * phi1 - CENTRE * (w1 * w1) * sin2 - phi2)
            / (CENTRE * CENTRE + INERTIA - d2 * d2 / d1);
    acceleration1 = -(d2 * acceleration2 + phi1) / d1;
  }

  /** The angle in [-π, π], by turns as the reference takes them, unless there are too many. */
  private static double wrapped(double unwrapped) {
    double turn = 2 * Math.PI;
    double angle =
        Math.abs(unwrapped) < MANY_TURNS * turn ? unwrapped : Math.IEEEremainder(unwrapped, turn);
    while (angle > Math.PI) {
      angle -= turn;
    }
    while (angle < -Math.PI) {
      angle += turn;
    }
    return angle;
  }

  private static double bounded(double speed, double limit) {
    return Math.min(Math.max(speed, -limit), limit);
  }

  private void observe(int lane, float[] observations) {
    int row = lane * SIZE;
    observations[row] = (float) Trigonometry.cos(theta1[lane]);
    observations[row + 1] = (float) Trigonometry.sin(theta1[lane]);
    observations[row + 2] = (float) Trigonometry.cos(theta2[lane]);
    observations[row + 3] = (float) Trigonometry.sin(theta2[lane]);
    observations[row + 4] = (float) omega1[lane];
    observations[row + 5] = (float) omega2[lane];
  }

  @Override
  public String text(int lane) {
    return RodPicture.acrobot(theta1[lane], theta2[lane]).text();
  }

  @Override
  public BufferedImage image(int lane) {
    return RodPicture.acrobot(theta1[lane], theta2[lane]).image();
  }

  @Override
  public double[] state(int lane) {
    return new double[] {theta1[lane], theta2[lane], omega1[lane], omega2[lane]};
  }

  @Override
  public void restore(int lane, double[] state) {
    theta1[lane] = state[0];
    theta2[lane] = state[1];
    omega1[lane] = state[2];
    omega2[lane] = state[3];
  }

  @Override
  public double peek(int lane) {
    return generators.peek(lane);
  }
}
