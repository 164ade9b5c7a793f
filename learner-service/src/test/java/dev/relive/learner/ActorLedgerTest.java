package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.log.SegmentEnd;
import dev.relive.log.wire.ActorProgress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActorLedgerTest {
  @Test
  void creditIsTheActorsOwnCountWhateverWasLost() {
    TestSegments segments = new TestSegments("run");
    ActorLedger ledger = new ActorLedger();
    ledger.ingested(segments.next(0, 5, SegmentEnd.CONTINUES).segment(), 0);
    var lost = segments.next(0, 7, SegmentEnd.CONTINUES);
    assertEquals(1, lost.segment().sequence());
    ledger.ingested(segments.next(0, 3, SegmentEnd.CONTINUES).segment(), 1);
    assertEquals(
        List.of(
            ActorProgress.newBuilder()
                .setActor("actor")
                .setEpoch(1)
                .setSteps(15)
                .setNextSequence(3)
                .setGaps(1)
                .build()),
        ledger.actors());
  }
}
