package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.benchmarks.ScaleModel.Outcome;
import dev.relive.benchmarks.ScaleModel.Setting;
import org.junit.jupiter.api.Test;

final class ScaleModelTest {
  private static final double ROOMY = 1e12;

  @Test
  void producersThatNothingHoldsMakeTheirOwnSpeed() {
    Outcome outcome = ScaleModel.run(setting(4, 1_000, 512, 100_000, ROOMY), 10);

    assertEquals(4_000, outcome.stepsPerSecond(), 4_000 * 0.01);
    assertEquals(0, outcome.producersWait(), 0.01);
    assertEquals(0.96, outcome.learnerWaits(), 0.01); // 4,000 of 100,000
    assertEquals("producers", outcome.bottleneck());
  }

  @Test
  void aSlowLearnerHoldsThemByCredit() {
    Outcome outcome = ScaleModel.run(setting(16, 1_000, 512, 2_000, ROOMY), 10);

    assertEquals(2_000, outcome.stepsPerSecond(), 2_000 * 0.01);
    assertEquals(1 - 2_000 / 16_000.0, outcome.producersWait(), 0.01);
    assertEquals(0, outcome.learnerWaits(), 0.01);
    assertEquals("learner", outcome.bottleneck());
    assertTrue(outcome.mostAhead() <= 16 * 512, () -> "ahead " + outcome.mostAhead());
  }

  /** 100 steps of credit come back twenty times a second at most. */
  @Test
  void aSmallLeadHoldsAFastProducer() {
    Outcome outcome = ScaleModel.run(setting(1, 100_000, 100, 1_000_000, ROOMY), 10);

    assertEquals(2_000, outcome.stepsPerSecond(), 2_000 * 0.02);
    assertEquals("credit", outcome.bottleneck());
  }

  /** 100 producers: 14 MB/s of policies each, of 1.5 GB/s; what is left carries 100 MB/s. */
  @Test
  void policiesTakeTheNetworkFromExperience() {
    Setting setting = new Setting(100, 100_000, 1_000_000, 128, 1e9, 48, 700_000, 20, 1.5e9, 3);
    double feeds = 100 * (700_000 * 20 + (500 + 40 * 100) * 20);
    double left = (1.5e9 - feeds) / (48 * 3);

    Outcome outcome = ScaleModel.run(setting, 4);

    assertEquals(feeds, setting.feedBytes());
    assertEquals(left, outcome.stepsPerSecond(), left * 0.01);
    assertEquals(1, outcome.network(), 0.01);
    assertEquals("network", outcome.bottleneck());
  }

  @Test
  void nothingIsLearnedOfFeedsThatNeedMoreThanThereIs() {
    Outcome outcome = ScaleModel.run(setting(1_000, 1_000, 512, 100_000, 1e9), 2);

    assertEquals(0, outcome.stepsPerSecond());
    assertTrue(outcome.network() > 1, () -> "network " + outcome.network());
    assertEquals("network", outcome.bottleneck());
  }

  private static Setting setting(
      int producers, double producerSteps, int maxLead, double learnerSteps, double network) {
    return new Setting(
        producers, producerSteps, maxLead, 128, learnerSteps, 48, 70_000, 20, network, 3);
  }
}
