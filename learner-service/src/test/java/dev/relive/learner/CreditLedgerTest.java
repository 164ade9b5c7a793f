package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.relive.log.Continuity;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.ActorProgress;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreditLedgerTest {
  private static final Continuity NEXT = new Continuity(false, 0, false);

  private final TestLog log = new TestLog();
  private final CreditLedger ledger = new CreditLedger();

  @Test
  void tellsTheTwoNewestEpochsOfAnActor() {
    for (long epoch = 1; epoch <= 3; epoch++) {
      take("actor", epoch);
    }
    assertEquals(List.of(2L, 3L), ledger.actors().stream().map(ActorProgress::getEpoch).toList());
  }

  @Test
  void carriesOnlyTheActorsHeardOfLast() {
    for (int actor = 0; actor < CreditLedger.ACTORS_TOLD; actor++) {
      take("actor" + actor, 1);
    }
    take("actor0", 1);
    take("new", 1);
    List<String> told = ledger.actors().stream().map(ActorProgress::getActor).toList();
    assertEquals(CreditLedger.ACTORS_TOLD, told.size());
    assertEquals("actor2", told.get(0));
    assertEquals(List.of("actor0", "new"), told.subList(told.size() - 2, told.size()));
    assertFalse(told.contains("actor1"));
  }

  @Test
  void creditForWaitingTransitionsComesWithTheirUpdate() {
    TestSegments segments = new TestSegments(TestRuns.RUN);
    Segment segment = segments.next(0, 6, SegmentEnd.CONTINUES);
    ledger.taken(segment, 2, 0);
    ledger.taken(segment, 5, 3);
    assertEquals(2, ledger.actors().get(0).getSteps());
    ledger.settle();
    ledger.taken(segment, 6, 1);
    assertEquals(5, ledger.actors().get(0).getSteps());
    ledger.settle();
    assertEquals(6, ledger.actors().get(0).getSteps());
  }

  private void take(String actor, long epoch) {
    SegmentRecord record =
        log.append(new TestSegments(TestRuns.RUN, actor, epoch).next(0, 3, SegmentEnd.CONTINUES));
    ledger.taken(record.segment(), 3, 0);
    ledger.read(record.segment(), NEXT);
  }
}
