package dev.relive.gymnasium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Environment;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.Space;
import dev.relive.environments.VectorEnvironment;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An environment that observes its last action shows that rows and values are each other's. */
final class SpacesTest {
  SpacesTest() {
    TestPython.use();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          discrete | Discrete(3, start -1) | true
          narrow   | Composite(number Box([], -1.0 to 1.0)) | false
          all      | Composite(bits MultiBinary([2, 3]), camera Box([2, 2, 3], 0.0 to 255.0), integers MultiDiscrete([3, 4]), numbers Box([2], [-1.0, -Infinity] to [1.0, Infinity]), pair.0 Discrete(5), pair.1 Box([2], 0.0 to 9.0)) | false
          """)
  void rowsBecomeValuesAndRowsAgain(String kind, String space, boolean integral) {
    EnvironmentSpec spec = Environments.spec("gymnasium:faulty:OfSpaces-v0", Map.of("kind", kind));
    assertEquals(space, spec.actionSpace().toString());
    assertEquals(integral, spec.actionSpace().integral());
    try (Environment environment = Environments.environment(spec)) {
      float[] first = environment.reset(3);
      Space observations = spec.observationSpace();
      assertEquals(observations.size(), first.length);
      for (int i = 0; i < first.length; i++) {
        assertTrue(observations.contains(i, first[i]));
      }
      float[] other = environment.reset(4);
      assertArrayEquals(first, step(environment, first));
      assertArrayEquals(other, step(environment, other));
      if (kind.equals("all")) {
        int last = other.length - 1;
        other[last - 1] = 1.6f;
        other[last] = 99;
        float[] observed = step(environment, other);
        assertEquals(2, observed[last - 1], "integers of a box are rounded");
        assertEquals(9, observed[last], "integers of a box are kept inside");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"discrete", "narrow", "all"})
  void everyLaneGetsItsOwnAction(String kind) {
    EnvironmentSpec spec = Environments.spec("gymnasium:faulty:OfSpaces-v0", Map.of("kind", kind));
    try (VectorEnvironment lanes = Environments.vector(spec, 3)) {
      lanes.reset(3);
      float[] drawn = lanes.observations();
      float[] actions = new float[drawn.length];
      int size = spec.actionSpace().size();
      System.arraycopy(drawn, 0, actions, size, drawn.length - size);
      System.arraycopy(drawn, drawn.length - size, actions, 0, size);

      if (spec.actionSpace().integral()) {
        lanes.step(integers(actions));
      } else {
        lanes.step(actions);
      }

      assertArrayEquals(new boolean[3], lanes.abandoned());
      assertArrayEquals(actions, lanes.observations());
    }
  }

  private static float[] step(Environment environment, float[] row) {
    return environment.spec().actionSpace().integral()
        ? environment.step(integers(row)).observation()
        : environment.step(row).observation();
  }

  private static int[] integers(float[] row) {
    int[] integers = new int[row.length];
    for (int i = 0; i < row.length; i++) {
      integers[i] = (int) row[i];
    }
    return integers;
  }
}
