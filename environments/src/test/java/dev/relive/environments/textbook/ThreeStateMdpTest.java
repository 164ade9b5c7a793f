package dev.relive.environments.textbook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.environments.Environment;
import dev.relive.environments.Environments;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ThreeStateMdpTest {
  /** The values and the best actions that the book prints. */
  @Test
  void planningFindsWhatTheBookFinds() {
    double[][] values = QValueIteration.values(ThreeStateMdp.process(), 0.90);
    assertArrayEquals(new double[] {18.9, 17.0, 13.6}, values[0], 0.05);
    assertArrayEquals(new int[] {0, 0, 1}, best(values));
    assertArrayEquals(
        new int[] {0, 2, 1}, best(QValueIteration.values(ThreeStateMdp.process(), 0.95)));
  }

  private static int[] best(double[][] values) {
    return Arrays.stream(values).mapToInt(QValueIteration::best).toArray();
  }

  /** Action 0 in state 0 brings 10 in 7 of 10 cases. */
  @Test
  void steppingFollowsTheTable() {
    Environment environment = Environments.environment(Environments.spec("ThreeStateMdp-v0"));
    double sum = 0;
    int stayed = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      assertEquals(0, environment.reset(seed)[0]);
      Environment.Step step = environment.step(0);
      stayed += step.observation()[0] == 0 ? 1 : 0;
      sum += step.reward();
    }
    assertEquals(10.0 * stayed, sum);
    assertEquals(0.7, stayed / 2_000.0, 0.03);
    environment.reset(0);
    assertEquals(0, environment.step(1).reward());
    assertEquals("(0) 1  2\n", environment.text());
  }
}
