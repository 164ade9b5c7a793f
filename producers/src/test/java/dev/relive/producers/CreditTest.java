package dev.relive.producers;

import static dev.relive.producers.WaitReason.CREDIT;
import static dev.relive.producers.WaitReason.VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import org.junit.jupiter.api.Test;

/** An actor of two lanes that may be ten steps ahead. */
class CreditTest {
  private static final long EPOCH = 0xABCL;
  private static final ActorEpoch ACTOR = new ActorEpoch("run", "actor", EPOCH);

  private final Credit credit = new Credit(ACTOR, 2, 10, false);

  @Test
  void stepsAreAllowedUntilTheLeadIsUsedUp() {
    assertNull(credit.obstacle(8, 1));
    assertEquals(CREDIT, credit.obstacle(9, 1));

    credit.onProgress(listed(1, 6).build());

    assertNull(credit.obstacle(14, 1));
    assertEquals(CREDIT, credit.obstacle(15, 1));
  }

  @Test
  void onlyTheOwnEpochCounts() {
    credit.onProgress(
        Progress.newBuilder()
            .setGeneration(1)
            .addActors(entry("actor", EPOCH + 1, 100))
            .addActors(entry("another", EPOCH, 100))
            .build());

    assertEquals(0, credit.ingested());
  }

  @Test
  void aLearnerThatStartsAgainMayHaveIngestedLess() {
    credit.onProgress(listed(1, 100).build());
    credit.onProgress(listed(2, 40).build());
    assertEquals(40, credit.ingested());

    credit.onProgress(Progress.newBuilder().setGeneration(3).build());
    assertEquals(0, credit.ingested());
  }

  @Test
  void anEpochThatIsNotListedCountsWhatItHasInTheLogBeforeTheNextSegment() {
    credit.onAcknowledged(100, 4);
    credit.onAcknowledged(120, 7);
    credit.onAcknowledged(121, 9);

    credit.onProgress(unlisted(100));
    assertEquals(0, credit.ingested());
    credit.onProgress(unlisted(101));
    assertEquals(4, credit.ingested());
    credit.onProgress(unlisted(121));
    assertEquals(7, credit.ingested());
    credit.onProgress(unlisted(1_000));
    assertEquals(9, credit.ingested());
    credit.onProgress(unlisted(110));
    assertEquals(4, credit.ingested(), "a learner that starts again may be before that");
  }

  @Test
  void anAcknowledgementMayComeAfterTheProgressThatCoversIt() {
    credit.onProgress(unlisted(50));

    credit.onAcknowledged(49, 3);
    credit.onAcknowledged(50, 5);

    assertEquals(3, credit.ingested());
  }

  @Test
  void aCountThatIsListedOutranksTheLog() {
    credit.onAcknowledged(10, 8);
    credit.onProgress(listed(1, 6).setNextSegment(Position.newBuilder().setOffset(11)).build());

    assertEquals(6, credit.ingested());
  }

  @Test
  void forgettingAcknowledgementsDelaysCreditAndLosesNone() {
    int written = Credit.ACKNOWLEDGEMENTS_KEPT + 10;
    for (int segment = 0; segment < written; segment++) {
      credit.onAcknowledged(segment, segment + 1);
    }

    credit.onProgress(unlisted(10));
    assertEquals(0, credit.ingested());
    credit.onProgress(unlisted(11));
    assertEquals(11, credit.ingested());
    credit.onProgress(unlisted(written));
    assertEquals(written, credit.ingested());
  }

  @Test
  void theVersionHeldMustBeTheRequiredOneOrNewer() {
    credit.onProgress(listed(1, 0).setRequiredPolicyVersion(3).build());

    assertEquals(VERSION, credit.obstacle(0, 2));
    assertNull(credit.obstacle(0, 3));
    assertNull(credit.obstacle(0, 4));
  }

  @Test
  void freeRunningNeedsNoCreditButTheRequiredVersion() {
    Credit free = new Credit(ACTOR, 2, 10, true);
    assertNull(free.obstacle(1_000_000, 1));

    free.onProgress(listed(1, 0).setRequiredPolicyVersion(3).build());

    assertEquals(VERSION, free.obstacle(1_000_000, 1));
  }

  private static Progress unlisted(long nextOffset) {
    return Progress.newBuilder()
        .setGeneration(1)
        .addActors(entry("another", 1, 5))
        .setNextSegment(Position.newBuilder().setOffset(nextOffset))
        .build();
  }

  private static Progress.Builder listed(long generation, long steps) {
    return Progress.newBuilder().setGeneration(generation).addActors(entry("actor", EPOCH, steps));
  }

  private static ActorProgress entry(String actor, long epoch, long steps) {
    return ActorProgress.newBuilder().setActor(actor).setEpoch(epoch).setSteps(steps).build();
  }
}
