package dev.relive.gymnasium;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RestartBoundTest {
  private long seconds;
  private final RestartBound bound = new RestartBound(() -> TimeUnit.SECONDS.toNanos(seconds));

  @Test
  void allowsFiveWithinAMinute() {
    for (int i = 0; i < 5; i++) {
      assertTrue(bound.allows());
      bound.onStep();
      seconds += 10;
    }
    assertFalse(bound.allows());
    seconds = 60;
    assertTrue(bound.allows());
    bound.onStep();
    assertFalse(bound.allows());
    seconds = 70;
    assertTrue(bound.allows());
  }

  @Test
  void allowsFiveWithoutAStepBetween() {
    for (int i = 0; i < 5; i++) {
      assertTrue(bound.allows());
      seconds += 3_600;
    }
    assertFalse(bound.allows());
    bound.onStep();
    assertTrue(bound.allows());
  }
}
