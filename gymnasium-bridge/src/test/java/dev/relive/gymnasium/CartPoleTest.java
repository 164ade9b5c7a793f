package dev.relive.gymnasium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.relive.environments.Environment;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.VectorEnvironment;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gymnasium's CartPole and this program's, step for step with the same seeds. */
final class CartPoleTest {
  private static final int LANES = 5;
  private static final int STEPS = 300;

  private final PythonSettings python = TestPython.use();
  private final EnvironmentSpec there =
      Environments.spec("gymnasium:CartPole-v1", Map.of("max_episode_steps", "40"));
  private final EnvironmentSpec here =
      Environments.spec("CartPole-v1", Map.of("max_episode_steps", "40"));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9})
  void lanesAreTheSame(int processes) throws Exception {
    PythonSettings settings = new PythonSettings(python.interpreter(), processes, python.timeout());
    try (VectorEnvironment foreign = new GymnasiumVectorEnvironment(settings, there, LANES);
        VectorEnvironment own = Environments.vector(here, LANES)) {
      foreign.reset(7);
      own.reset(7);
      assertArrayEquals(own.observations(), foreign.observations());
      Random random = new Random(3);
      for (int step = 0; step < STEPS; step++) {
        // Nearly upright poles reach the longest episode, too.
        int[] actions = new int[LANES];
        for (int lane = 0; lane < LANES; lane++) {
          boolean leansRight = own.observations()[4 * lane + 2] > 0;
          actions[lane] = random.nextInt(4) == 0 ? random.nextInt(2) : leansRight ? 1 : 0;
        }
        foreign.step(actions);
        own.step(actions);
        assertArrayEquals(own.observations(), foreign.observations());
        assertArrayEquals(own.finalObservations(), foreign.finalObservations());
        assertArrayEquals(own.rewards(), foreign.rewards());
        assertArrayEquals(own.terminated(), foreign.terminated());
        assertArrayEquals(own.truncated(), foreign.truncated());
        assertArrayEquals(new boolean[LANES], foreign.abandoned());
      }
    }
  }

  @Test
  void oneIsTheSame() {
    try (Environment foreign = Environments.environment(there);
        Environment own = Environments.environment(here)) {
      assertArrayEquals(own.reset(11), foreign.reset(11));
      for (int episode = 0; episode < 3; episode++) {
        boolean ended = false;
        while (!ended) {
          Environment.Step expected = own.step(1);
          Environment.Step step = foreign.step(1);
          ended = step.ended();
          assertArrayEquals(expected.observation(), step.observation());
          assertEquals(expected.terminated(), step.terminated());
        }
        assertArrayEquals(own.reset(), foreign.reset());
      }
      Map<String, String> options = Map.of("low", "-0.01", "high", "0.01");
      assertArrayEquals(own.reset(12L, options), foreign.reset(12L, options));
      assertEquals(600, foreign.image().getWidth());
      assertFalse(foreign.text().isEmpty());
    }
  }

  @Test
  void itsSpacesAndLimitsAreTheSame() {
    assertEquals(here.observationSpace(), there.observationSpace());
    assertEquals(here.actionSpace(), there.actionSpace());
    assertEquals(here.rewardThreshold(), there.rewardThreshold());
    assertEquals(here.maxEpisodeSteps(), there.maxEpisodeSteps());
  }
}
