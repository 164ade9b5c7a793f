package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewardProcessingTest {

  @ParameterizedTest
  @CsvSource({"1, 0, -3, 0.5", "2, 0, -6, 1", "1, 1, -1, 0.5", "2, 0.75, -0.75, 0.75"})
  void scalesAndThenClips(double scale, double limit, float first, float second) {
    float[] rewards = {9, -3, 0.5f, 9};
    new RewardProcessing(scale, limit).apply(rewards, 1, 2);
    assertArrayEquals(new float[] {9, first, second, 9}, rewards);
  }

  @Test
  void aNegativeScaleTurnsRewardsIntoCosts() {
    float[] rewards = {2};
    new RewardProcessing(-1, 0).apply(rewards, 0, 1);
    assertArrayEquals(new float[] {-2}, rewards);
  }
}
