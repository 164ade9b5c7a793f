package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.benchmarks.StratifiedBootstrap.Interval;
import dev.relive.environments.random.Generator;
import java.util.List;
import org.junit.jupiter.api.Test;

class StratifiedBootstrapTest {

  @Test
  void intervalOfTheMeanIsThatOfTheBinomialDistribution() {
    // The mean of four draws from {0, 1} is k/4 with probability C(4, k)/16:
    // 1/16, 5/16, 11/16, 15/16, 1 cumulatively. The 10 % and 90 % points are 1/4 and 3/4.
    Interval interval =
        new StratifiedBootstrap(20_000, 0.8)
            .interval(List.of(new double[] {0, 1, 0, 1}), Statistics::mean, Generator.seeded(1));
    assertEquals(new Interval(0.25, 0.75), interval);
  }

  @Test
  void everyResampleHasAsManyRunsOfEachTask() {
    // Within a task all runs are the same, so nothing can vary; over tasks mixed it would.
    Interval interval =
        new StratifiedBootstrap(1_000, 0.95)
            .interval(
                List.of(new double[] {1, 1, 1}, new double[] {9}),
                Statistics::mean,
                Generator.seeded(2));
    assertEquals(new Interval(3, 3), interval);
  }

  @Test
  void oneSeedGivesOneInterval() {
    List<double[]> tasks = List.of(new double[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3});
    StratifiedBootstrap bootstrap = new StratifiedBootstrap(500, 0.95);
    assertEquals(
        bootstrap.interval(tasks, Statistics::interquartileMean, Generator.seeded(3)),
        bootstrap.interval(tasks, Statistics::interquartileMean, Generator.seeded(3)));
  }
}
