package dev.relive.cli.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SampleHistoryTest {

  @Test
  void holdsAllThatThereIsRoomFor() {
    SampleHistory history = new SampleHistory(8);
    for (int second = 0; second < 5; second++) {
      history.add(sample(second));
    }

    assertArrayEquals(new double[] {0, 1, 2, 3, 4}, column(history, "seconds"));
    assertArrayEquals(new double[] {0, 10, 20, 30, 40}, column(history, "steps"));
    assertEquals(Set.of("seconds", "steps"), history.json().keySet());
  }

  @Test
  void keepsTheWholeRunInAFixedSpaceEvenlySpaced() {
    SampleHistory history = new SampleHistory(8);
    for (int second = 0; second < 100_000; second++) {
      history.add(sample(second));
      assertTrue(history.size() < 8);
    }

    double[] seconds = column(history, "seconds");
    assertEquals(0, seconds[0]);
    double stride = seconds[1];
    for (int i = 1; i < seconds.length; i++) {
      assertEquals(stride, seconds[i] - seconds[i - 1]);
    }
    assertTrue(
        seconds[seconds.length - 1] >= 50_000, "the newest is " + seconds[seconds.length - 1]);
  }

  @Test
  void whatIsNoNumberIsNothing() {
    SampleHistory history = new SampleHistory(4);
    history.add(new Sample(0, Map.of(Measure.STEPS, 1.0, Measure.LOSS, Double.NaN)));
    history.add(new Sample(1, Map.of(Measure.LOSS, 3.0)));

    assertEquals(
        "{\"seconds\":[0.0,1.0],\"steps\":[1.0,null],\"loss\":[null,3.0]}",
        PageJson.of(history.json()));
    assertFalse(history.json().containsKey("lead"));
  }

  private static Sample sample(int second) {
    return new Sample(second, Map.of(Measure.STEPS, 10.0 * second));
  }

  private static double[] column(SampleHistory history, String key) {
    return assertInstanceOf(double[].class, history.json().get(key));
  }
}
