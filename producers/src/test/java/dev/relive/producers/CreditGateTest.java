package dev.relive.producers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Progress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An actor of two lanes that may be ten steps ahead. */
class CreditGateTest {
  private static final long EPOCH = 0xABCL;
  private static final ActorEpoch ACTOR = new ActorEpoch("run", "actor", EPOCH);

  private final AtomicLong nanoTime = new AtomicLong();
  private final CreditGate gate = new CreditGate(ACTOR, 2, 10, false, nanoTime::get);

  @Test
  void stepsAreAllowedUntilTheLeadIsUsedUp() {
    assertTrue(gate.mayStep(8, 1));
    assertFalse(gate.mayStep(9, 1));

    gate.onProgress(progress(1, 6).build());

    assertTrue(gate.mayStep(14, 1));
    assertFalse(gate.mayStep(15, 1));
    assertEquals(8, gate.lead(14));
  }

  @Test
  void onlyTheOwnEpochCounts() {
    gate.onProgress(
        Progress.newBuilder()
            .setGeneration(1)
            .addActors(entry("actor", EPOCH + 1, 100))
            .addActors(entry("another", EPOCH, 100))
            .build());

    assertFalse(gate.mayStep(9, 1));
  }

  @Test
  void aLearnerThatStartsAgainMayHaveIngestedLess() {
    gate.onProgress(progress(1, 100).build());
    gate.onProgress(progress(2, 40).build());
    assertEquals(40, gate.ingested());

    gate.onProgress(Progress.newBuilder().setGeneration(3).build());
    assertEquals(0, gate.ingested());
  }

  @Test
  void anEpochLeftOutWithinAGenerationKeepsItsCount() {
    gate.onProgress(progress(1, 100).build());
    gate.onProgress(Progress.newBuilder().setGeneration(1).build());

    assertEquals(100, gate.ingested());
  }

  @Test
  void aRequiredVersionMustBeHeld() {
    gate.onProgress(progress(1, 0).setRequiredPolicyVersion(3).build());

    assertFalse(gate.mayStep(0, 2));
    assertTrue(gate.mayStep(0, 3));
    assertFalse(gate.mayStep(0, 4));
  }

  @Test
  void freeRunningNeedsNoCreditButTheRequiredVersion() {
    CreditGate free = new CreditGate(ACTOR, 2, 10, true, nanoTime::get);
    assertTrue(free.mayStep(1_000_000, 1));

    free.onProgress(progress(1, 0).setRequiredPolicyVersion(3).build());

    assertFalse(free.mayStep(1_000_000, 1));
  }

  @Test
  void newsAfterTheTicketEndAWaitThatHasNotBegun() throws Exception {
    long ticket = gate.ticket();
    gate.onNews();

    gate.awaitNewsAfter(ticket);

    assertTrue(gate.ticket() > ticket);
  }

  @Test
  void progressWakesWhoWaitsAndTheWaitIsMeasured() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CreditGate measured =
        new CreditGate(
            ACTOR,
            2,
            10,
            false,
            () -> {
              long now = nanoTime.get();
              entered.countDown();
              return now;
            });
    long ticket = measured.ticket();
    CompletableFuture<Void> waiter = waiterAt(measured, ticket);
    entered.await();
    nanoTime.set(1_500_000_000L);
    assertEquals(1.5, measured.waitedSeconds());

    measured.onProgress(progress(1, 2).build());
    waiter.get();

    assertEquals(1.5, measured.waitedSeconds());
    nanoTime.set(9_000_000_000L);
    assertEquals(1.5, measured.waitedSeconds());
  }

  @Test
  void aWaitCanBeInterrupted() {
    Thread.currentThread().interrupt();

    assertThrows(InterruptedException.class, () -> gate.awaitNewsAfter(gate.ticket()));
  }

  private static CompletableFuture<Void> waiterAt(CreditGate gate, long ticket) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            gate.awaitNewsAfter(ticket);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static Progress.Builder progress(long generation, long steps) {
    return Progress.newBuilder().setGeneration(generation).addActors(entry("actor", EPOCH, steps));
  }

  private static ActorProgress entry(String actor, long epoch, long steps) {
    return ActorProgress.newBuilder().setActor(actor).setEpoch(epoch).setSteps(steps).build();
  }
}
