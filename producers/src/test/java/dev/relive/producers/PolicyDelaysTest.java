package dev.relive.producers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyDelaysTest {
  private final List<Double> heard = new ArrayList<>();
  private final PolicyDelays delays = new PolicyDelays(heard::add);

  @Test
  void delaysAreInSecondsAndToldAtOnce() {
    delays.add(5_000_000, 5_250_000);
    delays.add(6_000_000, 7_000_000);

    assertEquals(List.of(0.25, 1.0), heard);
    assertArrayEquals(new double[] {0.25, 1.0}, delays.seconds());
  }

  @Test
  void theLastOnesAreKept() {
    for (int second = 0; second < PolicyDelays.KEPT + 3; second++) {
      delays.add(0, second * 1_000_000L);
    }

    double[] kept = delays.seconds();
    assertEquals(PolicyDelays.KEPT, kept.length);
    assertEquals(3, Arrays.stream(kept).min().orElseThrow());
    assertEquals(PolicyDelays.KEPT + 2, Arrays.stream(kept).max().orElseThrow());
  }
}
