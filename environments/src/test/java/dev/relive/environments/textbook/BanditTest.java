package dev.relive.environments.textbook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.environments.Environment;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.random.Generator;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BanditTest {
  private static final int PULLS = 20_000;

  /** Mean 0, variance 1, and as much within one deviation as there should be. */
  @Test
  void normalNumbersAreNormal() {
    Generator random = Generator.seeded(1);
    double sum = 0;
    double squares = 0;
    int within = 0;
    for (int i = 0; i < PULLS; i++) {
      double number = StandardNormal.draw(random);
      sum += number;
      squares += number * number;
      within += Math.abs(number) < 1 ? 1 : 0;
    }
    assertEquals(0, sum / PULLS, 0.03);
    assertEquals(1, squares / PULLS, 0.05);
    assertEquals(0.6827, (double) within / PULLS, 0.015);
  }

  @Test
  void anArmBringsItsMean() {
    EnvironmentSpec spec =
        Environments.spec("Bandit-v0", Map.of("arms", "4", "seed", "3", "max_episode_steps", "0"));
    double[] means = Bandit.means(4, Generator.seeded(3));
    Environment environment = Environments.environment(spec);
    environment.reset(0);
    for (int arm = 0; arm < means.length; arm++) {
      double sum = 0;
      for (int i = 0; i < PULLS; i++) {
        Environment.Step step = environment.step(arm);
        assertArrayEquals(new float[] {0}, step.observation());
        sum += step.reward();
      }
      assertEquals(means[arm], sum / PULLS, 0.03);
    }
  }
}
