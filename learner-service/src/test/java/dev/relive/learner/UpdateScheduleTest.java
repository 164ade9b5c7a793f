package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UpdateScheduleTest {
  @Test
  void stopsAtUpdatesSnapshotsAndTheLimit() {
    UpdateSchedule schedule = new UpdateSchedule(10, 4, 2, 6, 15);
    List<Long> stops = new ArrayList<>();
    for (long step = 0; !schedule.finished(step); ) {
      step += schedule.stepsToNextEvent(step);
      stops.add(step);
    }
    assertEquals(List.of(4L, 6L, 8L, 12L, 15L), stops);
    assertFalse(schedule.updatesDue(8));
    assertTrue(schedule.updatesDue(12));
    assertTrue(schedule.snapshotDue(12));
    assertFalse(schedule.snapshotDue(8));
  }

  @Property
  void noEventIsEverSteppedOver(
      @ForAll @IntRange(min = 1, max = 50) int trainEvery,
      @ForAll @IntRange(min = 1, max = 50) int snapshotEvery,
      @ForAll @IntRange(max = 60) int learningStarts,
      @ForAll @IntRange(min = 1, max = 300) int limit) {
    UpdateSchedule schedule =
        new UpdateSchedule(learningStarts, trainEvery, 1, snapshotEvery, limit);
    List<Long> updates = new ArrayList<>();
    List<Long> snapshots = new ArrayList<>();
    for (long step = 0; !schedule.finished(step); ) {
      step += schedule.stepsToNextEvent(step);
      if (schedule.updatesDue(step)) {
        updates.add(step);
      }
      if (schedule.snapshotDue(step)) {
        snapshots.add(step);
      }
    }
    List<Long> expectedUpdates = new ArrayList<>();
    List<Long> expectedSnapshots = new ArrayList<>();
    for (long step = 1; step <= limit; step++) {
      if (step >= learningStarts && step % trainEvery == 0) {
        expectedUpdates.add(step);
      }
      if (step % snapshotEvery == 0) {
        expectedSnapshots.add(step);
      }
    }
    assertEquals(expectedUpdates, updates);
    assertEquals(expectedSnapshots, snapshots);
  }
}
