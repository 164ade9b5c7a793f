package dev.relive.environments.classic;

import dev.relive.environments.Box;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Gymnasium's Pendulum: a rod is to be swung up and held upright with a torque too weak to lift it.
 */
final class Pendulum {
  private static final Option GRAVITY = Option.number("g", 10, "acceleration of gravity, m/s²");

  static final Registration REGISTRATION =
      new Registration(
          "Pendulum-v1",
          "Swing a rod up and hold it upright with little torque.",
          200,
          OptionalDouble.empty(),
          List.of(GRAVITY),
          Pendulum::task);

  private Pendulum() {}

  private static Task task(Options options) {
    double gravity = options.number(GRAVITY.name());
    float[] limits = {1, 1, (float) PendulumDynamics.MAX_SPEED};
    return new Task(
        new Box(new int[] {3}, new float[] {-limits[0], -limits[1], -limits[2]}, limits),
        Box.of(-PendulumDynamics.MAX_TORQUE, PendulumDynamics.MAX_TORQUE, 1),
        PendulumDynamics.RESET_OPTIONS,
        lanes -> new PendulumDynamics(lanes, gravity));
  }
}
