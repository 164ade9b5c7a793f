package dev.relive.environments.minatar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.environments.Discrete;
import dev.relive.environments.Environment;
import dev.relive.environments.Environment.Step;
import dev.relive.environments.Environments;
import dev.relive.environments.random.Generator;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random actions get in the episodes of seeds 0 to 499 what they get with MinAtar. */
class MinAtarBaselineTest {
  private static final int EPISODES = 500;

  @ParameterizedTest
  @CsvSource({
    "MinAtar/Asterix-v0,       0.530, 0.861, 6, 71.7, 362",
    "MinAtar/Asterix-v1,       0.442, 0.802, 5, 66.0, 247",
    "MinAtar/Breakout-v0,      0.522, 0.711, 3, 11.3, 38",
    "MinAtar/Breakout-v1,      0.342, 0.584, 4, 9.5, 48",
    "MinAtar/Seaquest-v0,      0.092, 0.322, 2, 31.2, 244",
    "MinAtar/Seaquest-v1,      0.092, 0.322, 2, 31.2, 244",
    "MinAtar/SpaceInvaders-v0, 2.834, 2.293, 15, 50.4, 274",
    "MinAtar/SpaceInvaders-v1, 3.970, 3.342, 22, 60.0, 343"
  })
  void randomActions(
      String id, double mean, double deviation, double most, double meanLength, int longest) {
    Environment environment = Environments.environment(Environments.spec(id));
    Discrete actions = (Discrete) environment.spec().actionSpace();
    Generator random = Generator.seeded(12345);
    double[] returns = new double[EPISODES];
    double[] lengths = new double[EPISODES];
    for (int seed = 0; seed < EPISODES; seed++) {
      environment.reset(seed);
      Step step;
      do {
        step = environment.step(actions.sample(random));
        returns[seed] += step.reward();
        lengths[seed]++;
      } while (!step.ended());
    }
    assertEquals(mean, mean(returns), 5e-4);
    assertEquals(deviation, Math.sqrt(mean(squaredDistances(returns))), 5e-4);
    assertEquals(0, Arrays.stream(returns).min().orElseThrow());
    assertEquals(most, Arrays.stream(returns).max().orElseThrow());
    assertEquals(meanLength, mean(lengths), 0.05 + 1e-9);
    assertEquals(longest, Arrays.stream(lengths).max().orElseThrow());
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double[] squaredDistances(double[] values) {
    double mean = mean(values);
    return IntStream.range(0, values.length)
        .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
        .toArray();
  }
}
