package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateMeterTest {

  private final RateMeter meter = new RateMeter();

  @Test
  void tellsTheGrowthOfTheLastThreeSeconds() {
    assertEquals(0, meter.add(Duration.ofSeconds(10), 5_000));
    assertEquals(100, meter.add(Duration.ofSeconds(11), 5_100));
    assertEquals(200, meter.add(Duration.ofSeconds(12), 5_400));
    assertEquals(800, meter.add(Duration.ofSeconds(13), 7_400));
    // From second 11 on.
    assertEquals((9_000 - 5_100) / 3.0, meter.add(Duration.ofSeconds(14), 9_000));
  }

  @Test
  void measuresOverALongPauseToo() {
    meter.add(Duration.ZERO, 0);
    assertEquals(10, meter.add(Duration.ofMinutes(1), 600));
    assertEquals(0, meter.add(Duration.ofMinutes(2), 600));
  }
}
