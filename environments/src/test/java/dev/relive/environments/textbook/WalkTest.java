package dev.relive.environments.textbook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Discrete;
import dev.relive.environments.Environment;
import dev.relive.environments.Environment.Step;
import dev.relive.environments.Environments;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WalkTest {
  @Test
  void aCorridorEndsAtItsEnds() {
    Environment environment = Environments.environment(Environments.spec("Corridor-v0"));
    assertEquals(new Discrete(11, -5), environment.spec().observationSpace());
    assertArrayEquals(new float[] {0}, environment.reset(0));
    assertEquals("-5 |....O....| 5\n", environment.text());
    for (int position = 1; position < 5; position++) {
      Step step = environment.step(1);
      assertArrayEquals(new float[] {position}, step.observation());
      assertEquals(0, step.reward());
      assertFalse(step.ended());
    }
    Step last = environment.step(1);
    assertArrayEquals(new float[] {5}, last.observation());
    assertEquals(1, last.reward());
    assertTrue(last.terminated());
  }

  @Test
  void theLeftEndHasItsOwnReward() {
    Environment environment =
        Environments.environment(
            Environments.spec("Corridor-v0", Map.of("end", "2", "left_reward", "-7.5")));
    environment.reset(0);
    assertFalse(environment.step(0).ended());
    Step last = environment.step(0);
    assertEquals(-7.5, last.reward());
    assertTrue(last.terminated());
  }

  /** Rewards are the negative distances of the positions reached; the ends hold. */
  @Test
  void aWalkCostsItsDistanceFromHome() {
    Environment environment =
        Environments.environment(Environments.spec("NegativeAbsoluteWalk-v0", Map.of("end", "2")));
    double position = environment.reset(0)[0];
    for (int t = 0; t < 49; t++) {
      int action = t / 5 % 2;
      position = Math.max(-2, Math.min(2, position + (action == 0 ? -1 : 1)));
      Step step = environment.step(action);
      assertEquals(position, step.observation()[0]);
      assertEquals(0 - Math.abs(position), step.reward());
      assertFalse(step.ended());
    }
    assertTrue(environment.step(0).truncated());
  }

  @Test
  void episodesBeginAnywhere() {
    Environment environment =
        Environments.environment(Environments.spec("NegativeAbsoluteWalk-v0"));
    environment.reset(0);
    int[] begun = new int[21];
    for (int i = 0; i < 2_100; i++) {
      begun[(int) environment.reset()[0] + 10]++;
    }
    for (int count : begun) {
      assertEquals(100, count, 45);
    }
  }

  @Test
  void refusesEndsThatAreNone() {
    assertEquals(
        "The option 'end' must be 1 to 100, and is 0.",
        assertThrows(
                IllegalArgumentException.class,
                () -> Environments.spec("Corridor-v0", Map.of("end", "0")))
            .getMessage());
  }
}
