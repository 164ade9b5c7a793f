package dev.relive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The protocol's promises hold in every schedule. One that fails prints its seed; with {@code
 * -Dsimulation.seed=N} it is run alone, and {@code -Pfaults} or {@code -Dsimulation.schedules=N}
 * run more of them.
 */
class SimulationTest {
  private static final int SCHEDULES =
      System.getProperty("faults.extent", "short").equals("long") ? 6_000 : 3_000;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void theInvariantsHoldInEverySchedule() {
    List<Simulation.Failure> failures =
        seeds()
            .parallel()
            .mapToObj(seed -> new Simulation(seed, new Edges()).failure())
            .filter(Objects::nonNull)
            .limit(3)
            .toList();

    assertTrue(
        failures.isEmpty(),
        () -> String.join("\n\n", failures.stream().map(Simulation.Failure::toString).toList()));
  }

  private static LongStream seeds() {
    String seed = System.getProperty("simulation.seed", "");
    String schedules = System.getProperty("simulation.schedules", "");
    return seed.isEmpty()
        ? LongStream.range(0, schedules.isEmpty() ? SCHEDULES : Long.parseLong(schedules))
        : LongStream.of(Long.parseLong(seed));
  }

  @Test
  void aSeedIsAScheduleToTheLastEvent() {
    Simulation one = new Simulation(11, new Edges());
    Simulation again = new Simulation(11, new Edges());
    Simulation other = new Simulation(12, new Edges());

    assertEquals(one.failure(), again.failure());
    assertEquals(one.history(), again.history());
    other.failure();
    assertNotEquals(one.history(), other.history());
  }
}
