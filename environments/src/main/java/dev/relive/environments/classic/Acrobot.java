package dev.relive.environments.classic;

import dev.relive.environments.Box;
import dev.relive.environments.Discrete;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Gymnasium's Acrobot: two rods hang from a joint, and a motor between them, turning one way (0),
 * not (1) or the other way (2), is to swing the tip above a line.
 */
final class Acrobot {
  static final Registration REGISTRATION =
      new Registration(
          "Acrobot-v1",
          "Swing the tip of two linked rods above a line.",
          500,
          OptionalDouble.of(-100),
          List.of(),
          Acrobot::task);

  private Acrobot() {}

  private static Task task(Options options) {
    float[] limits = {
      1, 1, 1, 1, (float) AcrobotDynamics.MAX_SPEED_1, (float) AcrobotDynamics.MAX_SPEED_2
    };
    float[] lows = new float[limits.length];
    for (int i = 0; i < lows.length; i++) {
      lows[i] = -limits[i];
    }
    return new Task(
        new Box(new int[] {limits.length}, lows, limits),
        new Discrete(3),
        AcrobotDynamics.RESET_OPTIONS,
        AcrobotDynamics::new);
  }
}
