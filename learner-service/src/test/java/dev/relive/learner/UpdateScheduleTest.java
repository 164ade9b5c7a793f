package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class UpdateScheduleTest {
  @Property
  void noUpdatesAreEverSteppedOver(
      @ForAll @IntRange(min = 1, max = 50) int trainEvery,
      @ForAll @IntRange(max = 60) int learningStarts,
      @ForAll @IntRange(min = 1, max = 300) int limit) {
    UpdateSchedule schedule = new UpdateSchedule(learningStarts, trainEvery, 1);
    List<Long> updates = new ArrayList<>();
    for (long step = 0; step < limit; ) {
      step += schedule.stepsToNextUpdates(step);
      if (schedule.updatesDue(step)) {
        updates.add(step);
      }
    }
    List<Long> expected = new ArrayList<>();
    for (long step = 1; step < limit + trainEvery; step++) {
      if (step >= learningStarts && step % trainEvery == 0) {
        expected.add(step);
      }
    }
    assertEquals(expected, updates);
  }
}
