package dev.relive.producers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class CreditGateTest {
  private static final ActorEpoch ACTOR = new ActorEpoch("run", "actor", 0xABCL);

  private final AtomicLong nanoTime = new AtomicLong();
  private final CreditGate gate = gate(nanoTime::get);

  @Test
  void newsAfterTheTicketEndAWaitThatHasNotBegun() throws Exception {
    long ticket = gate.ticket();
    gate.onNews();

    gate.awaitNewsAfter(ticket, WaitReason.POLICY);

    assertTrue(gate.ticket() > ticket);
  }

  @Test
  void progressWakesWhoWaitsAndTheWaitIsMeasuredByItsReason() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CreditGate measured =
        gate(
            () -> {
              long now = nanoTime.get();
              entered.countDown();
              return now;
            });
    CompletableFuture<Void> waiter = waiterAt(measured, measured.ticket());
    entered.await();
    nanoTime.set(1_500_000_000L);
    assertEquals(1.5, measured.waitedSeconds().get(WaitReason.CREDIT));

    measured.onProgress(progress(2));
    waiter.get();

    nanoTime.set(9_000_000_000L);
    assertEquals(
        Map.of(WaitReason.POLICY, 0.0, WaitReason.VERSION, 0.0, WaitReason.CREDIT, 1.5),
        measured.waitedSeconds());
  }

  @Test
  void anAcknowledgementIsNewsWhereItBringsCredit() {
    gate.onProgress(
        Progress.newBuilder().setNextSegment(Position.newBuilder().setOffset(7)).build());
    long ticket = gate.ticket();

    gate.onAcknowledged(6, 3);
    assertEquals(3, gate.ingested());
    assertEquals(ticket + 1, gate.ticket());

    gate.onAcknowledged(7, 5);
    assertEquals(3, gate.ingested());
    assertEquals(ticket + 1, gate.ticket());
  }

  @Test
  void aWaitCanBeInterrupted() {
    Thread.currentThread().interrupt();

    assertThrows(
        InterruptedException.class, () -> gate.awaitNewsAfter(gate.ticket(), WaitReason.VERSION));
  }

  private static CreditGate gate(LongSupplier nanoTime) {
    return new CreditGate(new Credit(ACTOR, 2, 10, false), nanoTime);
  }

  private static CompletableFuture<Void> waiterAt(CreditGate gate, long ticket) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            gate.awaitNewsAfter(ticket, WaitReason.CREDIT);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static Progress progress(long steps) {
    return Progress.newBuilder()
        .addActors(
            ActorProgress.newBuilder()
                .setActor(ACTOR.actor())
                .setEpoch(ACTOR.epoch())
                .setSteps(steps))
        .build();
  }
}
