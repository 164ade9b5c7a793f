package dev.relive.benchmarks;

import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final double[] TEN = {7, 1, 10, 4, 100, 3, 2, 9, 8, 5};

  @Test
  void meanIsTheSumByTheCount() {
    assertEquals(14.9, Statistics.mean(TEN), 1e-12);
  }

  @Test
  void medianOfAnEvenCountLiesBetweenTheMiddleTwo() {
    // 1 2 3 4 5 | 7 8 9 10 100
    assertEquals(6, Statistics.median(TEN));
    assertEquals(3, Statistics.median(9, 3, 1));
  }

  @Test
  void interquartileMeanOfTenLeavesOutTwoAtEitherEnd() {
    // 3 4 5 7 8 9
    assertEquals(6, Statistics.interquartileMean(TEN), 1e-12);
  }

  @Test
  void interquartileMeanOfAFewRoundsTheQuarterDown() {
    assertEquals(2, Statistics.interquartileMean(1, 2, 3), 1e-12);
    assertEquals(2.5, Statistics.interquartileMean(100, 2, 3, -50), 1e-12);
    assertEquals(4, Statistics.interquartileMean(4), 1e-12);
  }

  @Test
  void percentileIsLinearBetweenNeighbours() {
    // numpy.quantile([10, 20, 40, 80], [0, 0.25, 0.5, 0.9, 1])
    double[] values = {40, 10, 80, 20};
    assertEquals(10, Statistics.percentile(0, values));
    assertEquals(17.5, Statistics.percentile(0.25, values));
    assertEquals(30, Statistics.percentile(0.5, values));
    assertEquals(68, Statistics.percentile(0.9, values), 1e-12);
    assertEquals(80, Statistics.percentile(1, values));
  }

  @Test
  void whatNeverEndsIsTheLargestAndIsNotLeftOut() {
    double[] values = {3, POSITIVE_INFINITY, 1, 2, POSITIVE_INFINITY};
    assertEquals(3, Statistics.median(values));
    assertEquals(POSITIVE_INFINITY, Statistics.mean(values));
    assertEquals(POSITIVE_INFINITY, Statistics.percentile(0.6, values));
    assertEquals(POSITIVE_INFINITY, Statistics.percentile(0.9, values));
    // 2 3 ∞ are left.
    assertEquals(POSITIVE_INFINITY, Statistics.interquartileMean(values));
    assertEquals(2.5, Statistics.interquartileMean(1, 2, 3, POSITIVE_INFINITY));
  }

  @Property
  void summariesLieWithinTheValuesAndIgnoreTheirOrder(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -1e6, max = 1e6) Double> list) {
    double[] values = list.stream().mapToDouble(Double::doubleValue).toArray();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    for (double summary :
        new double[] {
          Statistics.median(values), Statistics.interquartileMean(values), Statistics.mean(values)
        }) {
      assertTrue(summary >= low - 1e-6 && summary <= high + 1e-6);
    }
    assertEquals(Statistics.interquartileMean(sorted), Statistics.interquartileMean(values));
    assertEquals(Statistics.percentile(0.3, sorted), Statistics.percentile(0.3, values));
  }
}
