package dev.relive.environments.classic;

import dev.relive.environments.Box;
import dev.relive.environments.Discrete;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Gymnasium's MountainCar: a car in a valley whose engine is too weak to drive up the hill must
 * swing itself up. Actions are left (0), none (1) and right (2), or a force.
 *
 * <p>Source: A. Moore, "Efficient Memory-based Learning for Robot Control", 1990.
 */
final class MountainCar {
  static final double LEFT_END = -1.2;
  static final double RIGHT_END = 0.6;
  static final double MAX_SPEED = 0.07;
  static final double GOAL = 0.5;
  static final double GOAL_WITH_FORCE = 0.45;
  static final double GRAVITY = 0.0025;
  static final List<Option> RESET_OPTIONS = ResetRange.options(-0.6, -0.4, "the position");

  private static final Option GOAL_VELOCITY =
      Option.number("goal_velocity", 0, "least velocity with which the goal counts as reached");

  static final List<Registration> REGISTRATIONS =
      List.of(
          new Registration(
              "MountainCar-v0",
              "Swing a weak car up a hill, pushing left, right or not at all.",
              200,
              OptionalDouble.of(-110),
              List.of(GOAL_VELOCITY),
              MountainCar::task),
          new Registration(
              "MountainCarContinuous-v0",
              "Swing a weak car up a hill with as little force as possible.",
              999,
              OptionalDouble.of(90),
              List.of(GOAL_VELOCITY),
              MountainCar::taskWithForce));

  private MountainCar() {}

  private static Task task(Options options) {
    double goalVelocity = options.number(GOAL_VELOCITY.name());
    return new Task(
        observations(),
        new Discrete(3),
        RESET_OPTIONS,
        lanes -> new MountainCarDynamics(lanes, goalVelocity));
  }

  private static Task taskWithForce(Options options) {
    double goalVelocity = options.number(GOAL_VELOCITY.name());
    return new Task(
        observations(),
        Box.of(-1, 1, 1),
        RESET_OPTIONS,
        lanes -> new MountainCarContinuousDynamics(lanes, goalVelocity));
  }

  private static Box observations() {
    return new Box(
        new int[] {2},
        new float[] {(float) LEFT_END, (float) -MAX_SPEED},
        new float[] {(float) RIGHT_END, (float) MAX_SPEED});
  }
}
