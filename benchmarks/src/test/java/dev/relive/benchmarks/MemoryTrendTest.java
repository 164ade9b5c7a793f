package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTrendTest {

  @Test
  void theStartDoesNotCountAndTheHalvesOfTheRestAreHeldAgainstEachOther() {
    double[] resident = {10, 50, 90, 100, 101, 99, 103, 102, 104};
    MemoryTrend trend = trend(resident);

    assertEquals(new MemoryTrend.Change(100, 103), trend.resident());
    assertEquals(new MemoryTrend.Change(50, 51.5), trend.live());
    assertTrue(trend.isFlat());
  }

  @Test
  void aTwentiethOfGrowthIsNotFlat() {
    assertTrue(trend(400, 400, 400, 400, 419, 419).isFlat());
    assertFalse(trend(400, 400, 400, 400, 421, 421).isFlat());
    // Of a small process, that would be nothing.
    assertTrue(trend(20, 20, 20, 20, 24.9, 24.9).isFlat());
    assertFalse(trend(20, 20, 20, 20, 25.1, 25.1).isFlat());
  }

  @Test
  void theTableSaysWhatGrows() {
    assertEquals(
        """
                     resident, MB           live heap, MB
        process       early   late growth   early   late growth  flat
        broker          300    302   +2.0     150    151   +1.0  yes
        learner         200    260  +60.0     100    130  +30.0  no
        """,
        MemoryTrend.table(
            List.of(
                new MemoryTrend("broker", trend(300, 300, 302).samples()),
                new MemoryTrend("learner", trend(200, 200, 260).samples()))));
  }

  @Test
  void aSampleIsOfAJavaProcess() throws Exception {
    MemorySample sample = MemorySample.of(ProcessHandle.current().pid());

    assertTrue(sample.liveMegabytes() > 1, sample::toString);
    assertTrue(sample.residentMegabytes() > sample.liveMegabytes(), sample::toString);
    assertThrows(IOException.class, () -> MemorySample.of(1L << 40));
  }

  /** A trend whose live heap is half of what is resident. */
  private static MemoryTrend trend(double... resident) {
    return new MemoryTrend(
        "process",
        IntStream.range(0, resident.length)
            .mapToObj(i -> new MemorySample(resident[i], resident[i] / 2))
            .toList());
  }
}
