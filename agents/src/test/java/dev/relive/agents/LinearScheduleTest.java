package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LinearScheduleTest {

  @Test
  void goesInAStraightLineAndStays() {
    LinearSchedule schedule = new LinearSchedule(1, 0.2, 100);
    assertEquals(1, schedule.at(0));
    assertEquals(0.8, schedule.at(25), 1e-12);
    assertEquals(0.2, schedule.at(100));
    assertEquals(0.2, schedule.at(1_000_000));
  }

  @Test
  void overNoStepsItIsItsLastValue() {
    assertEquals(0.2, new LinearSchedule(1, 0.2, 0).at(0));
  }

  @Test
  void refusesNegativeSteps() {
    assertThrows(IllegalArgumentException.class, () -> new LinearSchedule(1, 0, -1));
  }
}
