package dev.relive.environments.classic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Environment;
import dev.relive.environments.Environment.Step;
import dev.relive.environments.Environments;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicControlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"CartPole-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Acrobot-v1"})
  void refusesToStartInAnEmptyRange(String id) {
    assertRefused(
        "The reset option low must not be above high, and they are 0.5 and 0.25.",
        environment(id, Map.of()),
        Map.of("low", "0.5", "high", "0.25"));
  }

  @Test
  void refusesToStartInANegativeRange() {
    assertRefused(
        "The reset option x_init must be 0 or more, and is -1.0.",
        environment("Pendulum-v1", Map.of()),
        Map.of("x_init", "-1"));
  }

  @Test
  void theLeftEndStopsTheCar() {
    MountainCarDynamics dynamics = new MountainCarDynamics(1, 0);
    dynamics.restore(0, new double[] {-1.19, -0.05});
    float[] observation = new float[2];
    dynamics.step(0, 1, new int[] {0}, observation, new double[1], new boolean[1]);
    assertArrayEquals(new float[] {-1.2f, 0}, observation);
  }

  @Test
  void theGoalMayAskForAVelocity() {
    Map<String, String> near = Map.of("low", "0.5", "high", "0.5");
    Environment any = environment("MountainCar-v0", Map.of());
    any.reset(0L, near);
    assertTrue(any.step(2).terminated());
    Environment fast = environment("MountainCar-v0", Map.of("goal_velocity", "0.05"));
    fast.reset(0L, near);
    assertFalse(fast.step(2).terminated());
  }

  /** Upright and at rest, only the torque costs: 0.001 2². */
  @Test
  void aTorqueIsCutToItsRange() {
    Environment environment = environment("Pendulum-v1", Map.of());
    environment.reset(0L, Map.of("x_init", "0", "y_init", "0"));
    Step step = environment.step(100f);
    assertEquals(-0.004, step.reward(), 1e-9);
    assertEquals(0.3f, step.observation()[2]);
  }

  /** Hanging still, the pendulum is π away from upright. */
  @Test
  void withoutGravityARodStays() {
    Environment environment = environment("Pendulum-v1", Map.of("g", "0"));
    environment.reset(3L, Map.of("y_init", "0"));
    Step first = environment.step(0f);
    assertEquals(first.reward(), environment.step(0f).reward());
  }

  @Test
  void whatTurnsManyTimesInAStepDoesNotHang() {
    Environment environment = environment("Acrobot-v1", Map.of());
    environment.reset(0L, Map.of("low", "1e8", "high", "1e8"));
    Step step = environment.step(1);
    assertTrue(Math.abs(step.observation()[0]) <= 1);
  }

  private static Environment environment(String id, Map<String, String> options) {
    return Environments.environment(Environments.spec(id, options));
  }

  private static void assertRefused(
      String message, Environment environment, Map<String, String> options) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> environment.reset(0L, options))
            .getMessage());
  }
}
