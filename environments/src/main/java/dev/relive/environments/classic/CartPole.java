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
 * Gymnasium's CartPole: a pole on a cart is to be kept upright by pushing the cart left (0) or
 * right (1).
 */
final class CartPole {
  private static final Option SUTTON_BARTO_REWARD =
      Option.flag(
          "sutton_barto_reward",
          false,
          "0 for a step and -1 for the fall, instead of 1 for each step");
  private static final float[] LIMITS = {
    (float) (2 * CartPoleDynamics.POSITION_LIMIT),
    Float.POSITIVE_INFINITY,
    (float) (2 * CartPoleDynamics.ANGLE_LIMIT),
    Float.POSITIVE_INFINITY
  };

  static final List<Registration> REGISTRATIONS =
      List.of(registration("CartPole-v0", 200, 195), registration("CartPole-v1", 500, 475));

  private CartPole() {}

  private static Registration registration(String id, int maxEpisodeSteps, double rewardThreshold) {
    return new Registration(
        id,
        "Keep a pole on a cart upright.",
        maxEpisodeSteps,
        OptionalDouble.of(rewardThreshold),
        List.of(SUTTON_BARTO_REWARD),
        CartPole::task);
  }

  private static Task task(Options options) {
    boolean suttonBartoReward = options.flag(SUTTON_BARTO_REWARD.name());
    float[] lows = new float[LIMITS.length];
    for (int i = 0; i < lows.length; i++) {
      lows[i] = -LIMITS[i];
    }
    return new Task(
        new Box(new int[] {LIMITS.length}, lows, LIMITS),
        new Discrete(2),
        CartPoleDynamics.RESET_OPTIONS,
        lanes -> new CartPoleDynamics(lanes, suttonBartoReward));
  }
}
