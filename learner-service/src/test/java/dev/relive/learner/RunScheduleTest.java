package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RunScheduleTest {
  @Test
  void inRoundsItEndsWithTheOneInWhichTheStepsAreSpent() {
    assertEquals(112, new RunSchedule(100, 1, 1).inRoundsOf(16).steps());
    assertEquals(96, new RunSchedule(96, 1, 1).inRoundsOf(16).steps());
    assertEquals(16, new RunSchedule(1, 1, 1).inRoundsOf(16).steps());
  }

  @Test
  void aRunWithoutEndHasNoneInRoundsEither() {
    assertEquals(Long.MAX_VALUE, new RunSchedule(Long.MAX_VALUE, 1, 1).inRoundsOf(16).steps());
  }
}
