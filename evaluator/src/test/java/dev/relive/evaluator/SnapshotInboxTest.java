package dev.relive.evaluator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.LogException;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import org.junit.jupiter.api.Test;

class SnapshotInboxTest {
  private final SnapshotInbox inbox = new SnapshotInbox();

  @Test
  void theNewestTakesThePlaceOfThoseThatWait() throws InterruptedException {
    offer(1, SnapshotReason.PERIODIC);
    offer(2, SnapshotReason.BEST);
    offer(5, SnapshotReason.PERIODIC);

    assertTakes(5);
    assertEquals(2, inbox.skipped());
  }

  @Test
  void nothingIsSkippedWhenEachIsTakenInTime() throws InterruptedException {
    offer(1, SnapshotReason.PERIODIC);
    assertTakes(1);
    offer(2, SnapshotReason.PERIODIC);
    assertTakes(2);

    assertEquals(0, inbox.skipped());
  }

  @Test
  void aFinalSnapshotIsNeverSkipped() throws InterruptedException {
    offer(1, SnapshotReason.PERIODIC);
    offer(2, SnapshotReason.FINAL);
    offer(3, SnapshotReason.PERIODIC);
    offer(4, SnapshotReason.PERIODIC);
    offer(5, SnapshotReason.FINAL);

    assertTakes(2);
    assertTakes(5);
    assertEquals(3, inbox.skipped());
  }

  @Test
  void theEndWaitsForTheLastVersion() throws InterruptedException {
    offer(3, SnapshotReason.PERIODIC);
    inbox.endAfter(4);
    assertTakes(3);

    Thread late = new Thread(() -> offer(4, SnapshotReason.FINAL));
    late.start();

    assertTakes(4);
    assertNull(inbox.take());
    late.join();
  }

  @Test
  void aRunWithoutSnapshotsEndsAtOnce() throws InterruptedException {
    inbox.endAfter(0);

    assertNull(inbox.take());
  }

  @Test
  void aFailureEndsTheWait() {
    inbox.fail(new IllegalStateException("the disk is gone"));

    LogException failure = assertThrows(LogException.class, () -> inbox.take());

    assertTrue(String.valueOf(failure.getMessage()).contains("the disk is gone"));
  }

  @Test
  void waitingCanBeInterrupted() {
    Thread.currentThread().interrupt();

    assertThrows(InterruptedException.class, () -> inbox.take());
  }

  private void offer(long version, SnapshotReason reason) {
    inbox.offer(Snapshot.newBuilder().setRun("run").setVersion(version).setReason(reason).build());
  }

  private void assertTakes(long version) throws InterruptedException {
    Snapshot snapshot = inbox.take();
    assertNotNull(snapshot);
    assertEquals(version, snapshot.getVersion());
  }
}
