package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PublicationQueueTest {
  private final PublisherCounters counters = new PublisherCounters();
  private final PublicationQueue queue = new PublicationQueue(counters, 7);

  @Test
  void isEmptyUntilSomethingIsAddedAndAfterItIsTaken() {
    assertTrue(queue.isEmpty());
    assertNull(queue.take());
    queue.add(Publication.of(progress(1)));
    assertFalse(queue.isEmpty());
    assertEquals(Publication.of(progress(1)), queue.take());
    assertTrue(queue.isEmpty());
  }

  @Test
  void mergesToTheNewestOfEverythingButSnapshots() {
    queue.add(Publication.of(progress(1)).withPolicy(policy(1)).with(snapshot(2)));
    Supplier<Policy> newest = policy(3);
    Supplier<CheckpointState> newestCheckpoint = checkpoint(2);
    queue.add(Publication.of(progress(2)).withPolicy(newest).withCheckpoint(checkpoint(1)));
    queue.add(Publication.of(progress(3)).with(snapshot(4)).withCheckpoint(newestCheckpoint));
    queue.add(Publication.of(progress(4)).with(state(RunPhase.ACTIVE)));
    queue.add(Publication.of(progress(5)).with(state(RunPhase.STOPPED)));
    // What tells that the snapshots are there comes with the last of them.
    assertEquals(Publication.of(progress(5)).withPolicy(newest).with(snapshot(2)), queue.take());
    assertEquals(
        Publication.of(progress(5))
            .with(snapshot(4))
            .withCheckpoint(newestCheckpoint)
            .with(state(RunPhase.STOPPED)),
        queue.take());
    assertNull(queue.take());
    assertEquals(1, counters.policiesReplaced());
  }

  @Test
  void holdsSoManySnapshotsAndAnyNumberOfTheRest() {
    for (int i = 1; i <= PublicationQueue.MOST_SNAPSHOTS; i++) {
      assertTrue(queue.accepts(Publication.of(progress(i)).with(snapshot(i))));
      queue.add(Publication.of(progress(i)).with(snapshot(i)));
    }
    assertFalse(queue.accepts(Publication.of(progress(9)).with(snapshot(9))));
    assertTrue(queue.accepts(Publication.of(progress(9)).withPolicy(policy(9))));
  }

  @Test
  void isUrgentWhileItRequiresANewerPolicyThanWasTaken() {
    assertFalse(queue.isUrgent());
    queue.add(Publication.of(requiring(7)));
    assertFalse(queue.isUrgent());
    queue.add(Publication.of(requiring(8)));
    assertTrue(queue.isUrgent());
    queue.take();
    assertFalse(queue.isUrgent());
    queue.add(Publication.of(requiring(8)));
    assertFalse(queue.isUrgent());
    queue.add(Publication.of(requiring(9)));
    assertTrue(queue.isUrgent());
  }

  private static Progress requiring(long version) {
    return Progress.newBuilder().setRequiredPolicyVersion(version).build();
  }

  private static Progress progress(long steps) {
    return Progress.newBuilder().setRunSteps(steps).build();
  }

  private static Supplier<Policy> policy(long version) {
    return () -> Policy.newBuilder().setVersion(version).build();
  }

  private static Snapshot snapshot(long version) {
    return Snapshot.newBuilder().setVersion(version).build();
  }

  private static Supplier<CheckpointState> checkpoint(long ordinal) {
    return () -> CheckpointState.newBuilder().setOrdinal(ordinal).build();
  }

  private static RunState state(RunPhase phase) {
    return RunState.newBuilder().setPhase(phase).build();
  }
}
