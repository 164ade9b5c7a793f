package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.environments.Environment.Step;
import dev.relive.environments.random.Generator;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.function.ToIntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simple policies get in 500 episodes, seeds 0 to 499, what they get with Gymnasium. */
class BaselineTest {
  @ParameterizedTest
  @ValueSource(strings = {"CartPole-v0", "CartPole-v1"})
  void randomActions(String id) {
    Generator random = Generator.seeded(12345);
    assertReturns(
        22.402, 11.628, 8, 75, returns(id, observation -> new Discrete(2).sample(random)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CartPole-v0", "CartPole-v1"})
  void pushingToTheSideTheAngleLeansTo(String id) {
    assertReturns(41.698, 8.389, 24, 63, returns(id, observation -> observation[2] < 0 ? 0 : 1));
  }

  private static double[] returns(String id, ToIntFunction<float[]> policy) {
    Environment environment = Environments.environment(Environments.spec(id));
    double[] returns = new double[500];
    for (int seed = 0; seed < returns.length; seed++) {
      float[] observation = environment.reset(seed);
      Step step;
      do {
        step = environment.step(policy.applyAsInt(observation));
        observation = step.observation();
        returns[seed] += step.reward();
      } while (!step.ended());
    }
    return returns;
  }

  private static void assertReturns(
      double mean, double deviation, double min, double max, double[] returns) {
    DoubleSummaryStatistics summary = Arrays.stream(returns).summaryStatistics();
    double variance =
        Arrays.stream(returns)
            .map(r -> Math.pow(r - summary.getAverage(), 2))
            .average()
            .orElseThrow();
    assertEquals(mean, summary.getAverage(), 5e-4);
    assertEquals(deviation, Math.sqrt(variance), 5e-4);
    assertEquals(min, summary.getMin());
    assertEquals(max, summary.getMax());
  }
}
