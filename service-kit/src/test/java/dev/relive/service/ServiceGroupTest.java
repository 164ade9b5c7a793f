package dev.relive.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ServiceGroupTest {

  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final ServiceGroup group = new ServiceGroup(Duration.ofSeconds(5));

  @Test
  void startsInOrderAndClosesInReverse() throws Exception {
    group.add("endpoint", () -> events.add("close endpoint"));
    group.start(new Recorded("producer"));
    Recorded learner = group.start(new Recorded("learner"));
    learner.completion().complete(null);
    assertTrue(group.await(learner.completion()));
    group.close();
    assertEquals(
        List.of(
            "start producer", "start learner", "close learner", "close producer", "close endpoint"),
        events);
  }

  @Test
  void theFirstFailureEndsTheWait() {
    Recorded producer = group.start(new Recorded("producer"));
    Recorded learner = group.start(new Recorded("learner"));
    UserException failure = new UserException("The producer lost its log.");
    producer.completion().completeExceptionally(failure);
    group.fail(new IllegalStateException("a later one"));
    assertSame(failure, assertThrows(UserException.class, () -> group.await(learner.completion())));
    group.close();
  }

  @Test
  void aFailureBehindAStageIsSeenAsItself() {
    UserException failure = new UserException("The learner diverged.");
    CompletableFuture<Void> work = new CompletableFuture<>();
    group.start(new Recorded("learner", work.thenRun(() -> events.add("never"))));
    work.completeExceptionally(failure);
    assertSame(
        failure,
        assertThrows(UserException.class, () -> group.await(new CompletableFuture<Void>())));
  }

  @Test
  void aStopEndsTheWaitWithoutTheGoal() throws Exception {
    assertFalse(group.isEnding());
    group.requestStop();
    assertTrue(group.isEnding());
    assertFalse(group.await(new CompletableFuture<Void>()));
  }

  @Test
  void aPartThatHangsOrFailsDoesNotKeepTheOthersOpen() {
    ServiceGroup hasty = new ServiceGroup(Duration.ofMillis(100));
    CountDownLatch never = new CountDownLatch(1);
    hasty.add("broker", () -> events.add("close broker"));
    hasty.add("stubborn part", never::await);
    hasty.add(
        "broken part",
        () -> {
          throw new IllegalStateException("no state");
        });
    hasty.close();
    assertEquals(List.of("close broker"), events);
  }

  @Test
  void aServiceThatDoesNotStartIsClosedWithTheRest() {
    Recorded unable =
        new Recorded("learner") {
          @Override
          public void start() {
            throw new UserException("No run is active.");
          }
        };
    assertThrows(UserException.class, () -> group.start(unable));
    group.close();
    assertEquals(List.of("close learner"), events);
  }

  private class Recorded implements Service {
    private final String name;
    private final CompletableFuture<Void> completion;

    Recorded(String name) {
      this(name, new CompletableFuture<>());
    }

    Recorded(String name, CompletableFuture<Void> completion) {
      this.name = name;
      this.completion = completion;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() {
      events.add("start " + name);
    }

    @Override
    public CompletableFuture<Void> completion() {
      return completion;
    }

    @Override
    public void close() {
      events.add("close " + name);
    }
  }
}
