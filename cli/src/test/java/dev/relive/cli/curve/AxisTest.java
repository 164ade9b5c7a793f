package dev.relive.cli.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AxisTest {

  @Test
  void takesRoundSteps() {
    assertEquals(List.of(0.0, 100.0, 200.0, 300.0, 400.0, 500.0), Axis.over(9, 500, 5).ticks());
    assertEquals(List.of(-200.0, -150.0, -100.0), Axis.over(-200, -101, 4).ticks());
    assertEquals(List.of(0.0, 5_000.0, 10_000.0, 15_000.0), Axis.over(0, 11_824, 4).ticks());
  }

  @Test
  void writesAsManyDecimalsAsTheStepsNeed() {
    Axis fine = Axis.over(0, 0.4, 4);

    assertEquals(
        List.of("0.0", "0.1", "0.2", "0.3", "0.4"),
        fine.ticks().stream().map(fine::words).toList());
    Axis coarse = Axis.over(-1e6, 1e6, 2);
    assertEquals(
        List.of("-1,000,000", "0", "1,000,000"),
        coarse.ticks().stream().map(coarse::words).toList());
  }

  @Test
  void hasRoomAroundAConstant() {
    assertEquals(0.5, Axis.over(500, 500, 4).share(500), 0.2);
    assertEquals(0.5, Axis.over(0, 0, 4).share(0), 0.2);
  }

  @Test
  void holdsAnyRangeWithNoMoreTicksThanAllowed() {
    Random random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      double scale = Math.pow(10, random.nextInt(-6, 13));
      double least = (random.nextDouble() - 0.5) * scale;
      double most = least + random.nextDouble() * scale;
      int intervals = random.nextInt(2, 12);

      Axis axis = Axis.over(least, most, intervals);

      assertTrue(axis.ticks().size() <= intervals + 1, axis::toString);
      double rounding = 1e-9 * scale;
      assertTrue(axis.low() <= least + rounding && axis.high() >= most - rounding, axis::toString);
    }
  }
}
