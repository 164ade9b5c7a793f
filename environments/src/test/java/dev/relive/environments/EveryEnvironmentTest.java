package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Environment.Step;
import dev.relive.environments.random.Generator;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for whatever is registered. */
class EveryEnvironmentTest {
  private static final int LANES = 3;
  private static final int STEPS = 300;

  static List<String> ids() {
    return Environments.ids();
  }

  /** Every lane does what a single environment does, reset unseeded when its episode ends. */
  @ParameterizedTest
  @MethodSource("ids")
  void lanesAreIndependentEnvironments(String id) {
    EnvironmentSpec spec = Environments.spec(id);
    VectorEnvironment vector = Environments.vector(spec, LANES);
    Environment[] singles =
        Stream.generate(() -> Environments.environment(spec))
            .limit(LANES)
            .toArray(Environment[]::new);
    Generator random = Generator.seeded(7);
    vector.reset(40);
    for (int lane = 0; lane < LANES; lane++) {
      assertArrayEquals(singles[lane].reset(40 + lane), row(vector.observations(), lane));
    }
    for (int t = 0; t < STEPS; t++) {
      float[][] actions = new float[LANES][];
      Arrays.setAll(actions, lane -> action(spec.actionSpace(), random));
      step(vector, actions);
      for (int lane = 0; lane < LANES; lane++) {
        assertSameStep(vector, lane, singles[lane], step(singles[lane], actions[lane]));
      }
    }
  }

  private static void assertSameStep(
      VectorEnvironment vector, int lane, Environment single, Step step) {
    assertEquals(step.reward(), vector.rewards()[lane]);
    assertEquals(step.terminated(), vector.terminated()[lane]);
    assertEquals(step.truncated(), vector.truncated()[lane]);
    float[] last = step.ended() ? vector.finalObservations() : vector.observations();
    assertArrayEquals(step.observation(), row(last, lane));
    if (step.ended()) {
      assertArrayEquals(single.reset(), row(vector.observations(), lane));
    }
  }

  @ParameterizedTest
  @MethodSource("ids")
  void observationsAreInTheirSpaceAndStatesHavePictures(String id) {
    EnvironmentSpec spec = Environments.spec(id);
    Environment environment = Environments.environment(spec);
    Generator random = Generator.seeded(8);
    assertIn(spec.observationSpace(), environment.reset(1));
    for (int t = 0; t < STEPS; t++) {
      Step step = step(environment, action(spec.actionSpace(), random));
      assertIn(spec.observationSpace(), step.observation());
      if (t % 50 == 0) {
        assertFalse(environment.text().isBlank());
        assertTrue(environment.image().getWidth() > 20);
      }
      if (step.ended()) {
        assertIn(spec.observationSpace(), environment.reset());
      }
    }
  }

  private static void assertIn(Space space, float[] row) {
    assertEquals(space.size(), row.length);
    for (int i = 0; i < row.length; i++) {
      int element = i;
      assertTrue(
          space.contains(i, row[i]),
          () -> "element " + element + " of " + Arrays.toString(row) + " in " + space);
    }
  }

  private static float[] action(Space space, Generator random) {
    float[] action = new float[space.size()];
    for (int i = 0; i < action.length; i++) {
      double value = random.uniform(space.low(i), space.high(i) + (space.integral() ? 1 : 0));
      action[i] = (float) (space.integral() ? Math.floor(value) : value);
    }
    return action;
  }

  private static Step step(Environment environment, float[] action) {
    return environment.spec().actionSpace().integral()
        ? environment.step(integers(action))
        : environment.step(action);
  }

  private static void step(VectorEnvironment vector, float[][] actions) {
    float[] all = new float[actions.length * actions[0].length];
    for (int lane = 0; lane < actions.length; lane++) {
      System.arraycopy(actions[lane], 0, all, lane * actions[lane].length, actions[lane].length);
    }
    if (vector.spec().actionSpace().integral()) {
      vector.step(integers(all));
    } else {
      vector.step(all);
    }
  }

  private static int[] integers(float[] row) {
    int[] integers = new int[row.length];
    Arrays.setAll(integers, i -> (int) row[i]);
    return integers;
  }

  private static float[] row(float[] rows, int lane) {
    int size = rows.length / LANES;
    return Arrays.copyOfRange(rows, lane * size, (lane + 1) * size);
  }
}
