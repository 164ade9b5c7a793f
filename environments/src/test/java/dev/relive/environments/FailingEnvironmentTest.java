package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another jar's environment that breaks down. */
class FailingEnvironmentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exception   | Strange-v0 threw an exception: java.lang.IllegalStateException: out of order.
          reward      | Strange-v0 gave the reward NaN.
          observation | Strange-v0 gave the observation [Infinity, 1.0], in which element 0 is no finite number.
          """)
  void endsTheEpisodeOfItsLaneAndTheOthersGoOn(String failure, String message) {
    VectorEnvironment vector = Environments.vector(failing(2, failure), 3);
    vector.reset(0);
    vector.step(new int[] {0, 1, 2});
    assertArrayEquals(new boolean[3], vector.abandoned());

    vector.step(new int[] {0, 1, 0});

    assertArrayEquals(new boolean[] {false, true, false}, vector.abandoned());
    assertEquals(message, vector.failure(1));
    assertNull(vector.failure(0));
    assertArrayEquals(new float[] {2, 0, 0, 0, 2, 0}, vector.observations());
    assertEquals(0, vector.rewards()[1]);

    vector.step(new int[] {0, 1, 0});
    assertArrayEquals(new boolean[3], vector.abandoned());
    assertArrayEquals(new float[] {3, 0, 1, 1, 3, 0}, vector.observations());
  }

  @Test
  void thatFailsAgainAndAgainIsNotGoneOnWith() {
    VectorEnvironment vector = Environments.vector(failing(1, "exception"), 2);
    vector.reset(0);
    for (int failures = 1; failures < 10; failures++) {
      vector.step(new int[] {0, 1});
      assertTrue(vector.abandoned()[1]);
    }
    EnvironmentFailure end =
        assertThrows(EnvironmentFailure.class, () -> vector.step(new int[] {0, 1}));
    assertEquals(
        "Lane 1 broke off 10 times in a row: Strange-v0 threw an exception:"
            + " java.lang.IllegalStateException: out of order.",
        end.getMessage());
  }

  @Test
  void thatCannotBeginIsAFailure() {
    VectorEnvironment vector = Environments.vector(failing(0, "reset"), 1);
    assertEquals(
        "Strange-v0 gave the observation [NaN, 0.0], in which element 0 is no finite number.",
        assertThrows(EnvironmentFailure.class, () -> vector.reset(0)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exception | Strange-v0 threw an exception: java.lang.IllegalStateException: out of order.
          reward    | Strange-v0 gave the reward NaN.
          """)
  void aloneItFailsAtOnce(String failure, String message) {
    Environment environment = Environments.environment(failing(1, failure));
    environment.reset(0);
    assertEquals(
        message, assertThrows(EnvironmentFailure.class, () -> environment.step(1)).getMessage());
    assertThrows(IllegalStateException.class, () -> environment.step(0));
  }

  private static EnvironmentSpec failing(int step, String failure) {
    return Environments.spec(
        "Strange-v0", Map.of("failing_step", String.valueOf(step), "failure", failure));
  }
}
