package dev.relive.evaluator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.random.Generator;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootstrapIntervalTest {

  @Test
  void equalReturnsHaveAnIntervalOfOnePoint() {
    double[] returns = new double[50];
    Arrays.fill(returns, 500);

    assertEquals(new BootstrapInterval(500, 500), BootstrapInterval.ofMean(returns));
  }

  @Test
  void oneReturnOrNoneOrNoNumberTellsNothing() {
    BootstrapInterval unknown = new BootstrapInterval(Double.NaN, Double.NaN);

    assertEquals(unknown, BootstrapInterval.ofMean(new double[0]));
    assertEquals(unknown, BootstrapInterval.ofMean(new double[] {3}));
    assertEquals(unknown, BootstrapInterval.ofMean(new double[] {3, Double.NaN}));
  }

  @Test
  void theSameReturnsHaveTheSameInterval() {
    double[] returns = {1, 5, 9, 200, 3};

    assertEquals(BootstrapInterval.ofMean(returns), BootstrapInterval.ofMean(returns.clone()));
  }

  /** Of two values, each as likely, the mean of ten draws is binomial: 0.2 to 0.8 holds 97.9 %. */
  @Test
  void theIntervalOfTenDrawsOfTwoValuesIsTheBinomials() {
    double[] returns = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1};

    BootstrapInterval interval = BootstrapInterval.ofMean(returns);

    assertEquals(0.2, interval.low(), 1e-9);
    assertEquals(0.8, interval.high(), 1e-9);
  }

  /** Returns that mostly lie at their bound of 500, the others anywhere below: mean 450. */
  @Test
  void itHoldsTheTrueMeanAboutAsOftenAsItSays() {
    Generator random = Generator.seeded(7);
    int held = 0;
    for (int sample = 0; sample < 400; sample++) {
      double[] returns = new double[100];
      Arrays.setAll(returns, i -> random.random() < 0.2 ? 500 * random.random() : 500);
      BootstrapInterval interval = BootstrapInterval.ofMean(returns);
      assertTrue(interval.low() >= 0 && interval.high() <= 500, interval::toString);
      held += interval.low() <= 450 && 450 <= interval.high() ? 1 : 0;
    }
    assertTrue(held >= 360 && held <= 392, "held the mean " + held + " times of 400");
  }
}
