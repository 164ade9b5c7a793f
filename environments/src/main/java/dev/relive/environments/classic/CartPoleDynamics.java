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
 * CartPole's physics with Gymnasium's constants, order of operations and explicit Euler steps.
 * State in float64; an observation is position (m), velocity (m/s), angle (rad) and angular
 * velocity (rad/s) in float32.
 *
 * <p>Source: A. Barto, R. Sutton and C. Anderson, "Neuronlike Adaptive Elements That Can Solve
 * Difficult Learning Control Problems", 1983; equations corrected by R. Florian, "Correct equations
 * for the dynamics of the cart-pole system", 2007.
 */
final class CartPoleDynamics implements IntegerDynamics, InternalState {
  static final double POSITION_LIMIT = 2.4;
  static final double ANGLE_LIMIT = 12 * 2 * Math.PI / 360;
  static final List<Option> RESET_OPTIONS = ResetRange.options(-0.05, 0.05, "each state variable");

  private static final int SIZE = 4;
  private static final double GRAVITY = 9.8;
  private static final double POLE_MASS = 0.1;
  private static final double TOTAL_MASS = POLE_MASS + 1.0;
  private static final double HALF_LENGTH = 0.5;
  private static final double POLE_MASS_LENGTH = POLE_MASS * HALF_LENGTH;
  private static final double FORCE = 10.0;
  private static final double STEP_SECONDS = 0.02;

  private final LaneGenerators generators;
  private final double[] x;
  private final double[] xDot;
  private final double[] theta;
  private final double[] thetaDot;
  private final double stepReward;
  private final double endReward;

  /** With the Sutton-Barto reward only the end counts, -1; without it every step counts 1. */
  CartPoleDynamics(int lanes, boolean suttonBartoReward) {
    generators = new LaneGenerators(lanes);
    x = new double[lanes];
    xDot = new double[lanes];
    theta = new double[lanes];
    thetaDot = new double[lanes];
    stepReward = suttonBartoReward ? 0 : 1;
    endReward = suttonBartoReward ? -1 : 1;
  }

  @Override
  public void seed(int lane, long seed) {
    generators.seed(lane, seed);
  }

  @Override
  public void reset(int lane, Options options, float[] observations) {
    ResetRange range = ResetRange.of(options);
    Generator random = generators.of(lane);
    x[lane] = random.uniform(range.low(), range.high());
    xDot[lane] = random.uniform(range.low(), range.high());
    theta[lane] = random.uniform(range.low(), range.high());
    thetaDot[lane] = random.uniform(range.low(), range.high());
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
      push(lane, actions[lane] == 1 ? FORCE : -FORCE);
      observe(lane, observations);
      boolean fallen = Math.abs(x[lane]) > POSITION_LIMIT || Math.abs(theta[lane]) > ANGLE_LIMIT;
      terminated[lane] = fallen;
      rewards[lane] = fallen ? endReward : stepReward;
    }
  }

  @Override
  public String text(int lane) {
    return CartPolePicture.text(x[lane], theta[lane]);
  }

  @Override
  public BufferedImage image(int lane) {
    return CartPolePicture.image(x[lane], theta[lane]);
  }

  @Override
  public double[] state(int lane) {
    return new double[] {x[lane], xDot[lane], theta[lane], thetaDot[lane]};
  }

  @Override
  public void restore(int lane, double[] state) {
    x[lane] = state[0];
    xDot[lane] = state[1];
    theta[lane] = state[2];
    thetaDot[lane] = state[3];
  }

  @Override
  public double peek(int lane) {
    return generators.peek(lane);
  }

  private void push(int lane, double force) {
    double cos = Trigonometry.cos(theta[lane]);
    double sin = Trigonometry.sin(theta[lane]);
    double swing = thetaDot[lane];
    double temp = (force + POLE_MASS_LENGTH * (swing * swing) * sin) / TOTAL_MASS;
    double thetaAcc =
        (GRAVITY * sin - cos * temp)
            / (HALF_LENGTH * (4.0 / 3.0 - POLE_MASS * (cos * cos) / TOTAL_MASS));
    double xAcc = temp - POLE_MASS_LENGTH * thetaAcc * cos / TOTAL_MASS;
    x[lane] += STEP_SECONDS * xDot[lane];
    xDot[lane] += STEP_SECONDS * xAcc;
    theta[lane] += STEP_SECONDS * swing;
    thetaDot[lane] += STEP_SECONDS * thetaAcc;
  }

  private void observe(int lane, float[] observations) {
    int row = lane * SIZE;
    observations[row] = (float) x[lane];
    observations[row + 1] = (float) xDot[lane];
    observations[row + 2] = (float) theta[lane];
    observations[row + 3] = (float) thetaDot[lane];
  }
}
