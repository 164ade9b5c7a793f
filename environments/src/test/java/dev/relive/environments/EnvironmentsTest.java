package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EnvironmentsTest {
  @Test
  void knowsTheLimitsAndThresholdsOfTheReference() {
    EnvironmentSpec old = Environments.spec("CartPole-v0");
    assertEquals(200, old.maxEpisodeSteps());
    assertEquals(OptionalDouble.of(195), old.rewardThreshold());

    float infinity = Float.POSITIVE_INFINITY;
    Box observations =
        new Box(
            new int[] {4},
            new float[] {-4.8f, -infinity, -0.41887903f, -infinity},
            new float[] {4.8f, infinity, 0.41887903f, infinity});
    assertEquals(
        new EnvironmentSpec(
            "CartPole-v1",
            Map.of("sutton_barto_reward", "false"),
            500,
            OptionalDouble.of(475),
            observations,
            new Discrete(2)),
        Environments.spec("CartPole-v1"));
  }

  @Test
  void keepsChosenOptions() {
    EnvironmentSpec spec = Environments.spec("CartPole-v1", Map.of("sutton_barto_reward", "true"));
    assertEquals(Map.of("sutton_barto_reward", "true"), spec.options());
    assertEquals(spec, Environments.environment(spec).spec());
    assertEquals(spec, Environments.vector(spec, 3).spec());
  }

  @Test
  void saysWhatIsAllowed() {
    assertRefused(
        "There is no environment 'CartPole-v2'; there are: %s."
            .formatted(String.join(", ", Environments.ids())),
        () -> Environments.spec("CartPole-v2"));
    assertRefused(
        "CartPole-v1 has no option 'gravity'; there are: sutton_barto_reward, max_episode_steps,"
            + " sticky_actions, action_repeat.",
        () -> Environments.spec("CartPole-v1", Map.of("gravity", "9")));
    assertRefused(
        "The option 'sutton_barto_reward' of CartPole-v1 must be true or false, and is 'yes'.",
        () -> Environments.spec("CartPole-v1", Map.of("sutton_barto_reward", "yes")));
    assertRefused(
        "The lanes of CartPole-v1 must be 1 or more, and are 0.",
        () -> Environments.vector(Environments.spec("CartPole-v1"), 0));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
