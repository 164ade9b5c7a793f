package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.environments.Environment.Step;
import dev.relive.environments.random.Generator;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Simple policies get in 500 episodes, seeds 0 to 499, what they get with Gymnasium. */
class BaselineTest {
  private static final int EPISODES = 500;

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          CartPole-v0              | -                                |    22.402 |  11.628 |        8 |      75
          CartPole-v1              | -                                |    22.402 |  11.628 |        8 |      75
          MountainCar-v0           | -                                |  -200.000 |   0.000 |     -200 |    -200
          MountainCarContinuous-v0 | -                                |   -33.317 |   0.955 |  -36.173 | -30.775
          Pendulum-v1              | -                                | -1225.603 | 291.669 | -1836.28 |-655.318
          Acrobot-v1               | -                                |  -499.070 |   9.883 |     -500 |    -339
          FrozenLake-v1            | -                                |     0.008 |   0.089 |        0 |       1
          FrozenLake-v1            | is_slippery=false                |     0.022 |   0.147 |        0 |       1
          FrozenLake8x8-v1         | -                                |     0.000 |   0.000 |        0 |       0
          FrozenLake8x8-v1         | is_slippery=false                |     0.006 |   0.077 |        0 |       1
          Taxi-v4                  | -                                |  -771.274 |  98.167 |    -1019 |    -100
          Taxi-v4                  | is_rainy=true,fickle_passenger=true | -773.420 | 95.434 |     -965 |    -107
          Blackjack-v1             | -                                |    -0.376 |   0.898 |       -1 |       1
          Blackjack-v1             | sab=false,natural=true           |    -0.374 |   0.903 |       -1 |     1.5
          """)
  void randomActions(
      String id, String options, double mean, double deviation, double min, double max) {
    Generator random = Generator.seeded(12345);
    EnvironmentSpec spec = Environments.spec(id, options(options));
    float[] force = new float[spec.actionSpace().size()];
    double[] returns =
        returns(
            spec,
            (environment, observation) -> {
              if (spec.actionSpace() instanceof Box box) {
                box.sample(random, force, 0);
                return environment.step(force);
              }
              return environment.step(((Discrete) spec.actionSpace()).sample(random));
            });
    assertReturns(mean, deviation, min, max, returns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CartPole-v0", "CartPole-v1"})
  void pushingToTheSideTheAngleLeansTo(String id) {
    double[] returns =
        returns(
            Environments.spec(id),
            (environment, observation) -> environment.step(observation[2] < 0 ? 0 : 1));
    assertReturns(41.698, 8.389, 24, 63, returns);
  }

  private interface Policy {
    Step step(Environment environment, float[] observation);
  }

  private static Map<String, String> options(String text) {
    Map<String, String> options = new HashMap<>();
    if (text != null) {
      for (String option : text.split(",", -1)) {
        String[] parts = option.split("=", 2);
        options.put(parts[0], parts[1]);
      }
    }
    return options;
  }

  private static double[] returns(EnvironmentSpec spec, Policy policy) {
    Environment environment = Environments.environment(spec);
    double[] returns = new double[EPISODES];
    for (int seed = 0; seed < returns.length; seed++) {
      float[] observation = environment.reset(seed);
      Step step;
      do {
        step = policy.step(environment, observation);
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
    assertEquals(mean, summary.getAverage(), 5.1e-4);
    assertEquals(deviation, Math.sqrt(variance), 5.1e-4);
    assertEquals(min, summary.getMin(), 5.1e-3);
    assertEquals(max, summary.getMax(), 5.1e-3);
  }
}
