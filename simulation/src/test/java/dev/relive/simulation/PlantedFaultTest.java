package dev.relive.simulation;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation would notice: each planted fault is found, and by the invariant it breaks. */
class PlantedFaultTest {
  private static final int BUDGET = 300;

  @ParameterizedTest
  @EnumSource(PlantedFault.class)
  void isFoundWithinItsBudgetOfSchedules(PlantedFault fault) {
    Simulation.Failure found =
        LongStream.range(0, BUDGET)
            .mapToObj(seed -> new Simulation(seed, fault.edges()).failure())
            .filter(Objects::nonNull)
            .filter(failure -> failure.violation().invariant() == fault.noticed())
            .findFirst()
            .orElse(null);

    assertNotNull(
        found, () -> "%s is not noticed in %d schedules".formatted(fault.noticed(), BUDGET));
    System.out.printf("%s: schedule %d, %s%n", fault, found.seed() + 1, fault.noticed());
  }
}
