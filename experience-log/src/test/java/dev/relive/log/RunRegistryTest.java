package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import reactor.test.StepVerifier;

class RunRegistryTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final LogConnection connection =
      TestLog.connection(topics -> List.of(topics.runs(), topics.experience("s")));
  private final RunRegistry registry = new RunRegistry(connection);

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void holdsNothingAtFirst() {
    assertEquals(List.of(), registry.runs());
    assertError("No run is active, and the log holds no runs at all.", registry::onlyActive);
    assertError("There is no run 'x', and the log holds no runs at all.", () -> registry.find("x"));
  }

  @Test
  void tellsWhereARunStands() {
    registry.create(spec("a", "first", 1));
    assertEquals(Run.Phase.CREATED, registry.find("a").phase());
    setState("a", RunPhase.ACTIVE);
    assertEquals(Run.Phase.ACTIVE, registry.onlyActive().phase());
    setState("a", RunPhase.FAILED);
    assertEquals(Run.Phase.FAILED, registry.find("first").phase());
  }

  @Test
  void letsTheVerdictOutrankTheStateInEitherOrder() {
    registry.create(spec("a", "", 1));
    registry.setVerdict(RunVerdict.newBuilder().setRun("a").setVersion(7).build());
    setState("a", RunPhase.ACTIVE);
    Run solved = registry.find("a");
    assertEquals(Run.Phase.SOLVED, solved.phase());
    setState("a", RunPhase.STOPPED);
    assertEquals(Run.Phase.SOLVED, registry.find("a").phase());
    assertEquals(List.of(registry.find("a")), registry.runs());
  }

  @Test
  void createsARunOnce() {
    registry.create(spec("a", "", 1));
    assertError("There is a run 'a' already.", () -> registry.create(spec("a", "other", 2)));
    assertError(
        "The run 'a/b' must be a name without '/', since keys are run/actor.",
        () -> registry.create(spec("a/b", "", 2)));
  }

  @Test
  void choosesByIdBeforeLabelAndListsWhatIsAmbiguous() {
    registry.create(spec("b", "twin", 2));
    registry.create(spec("a", "twin", 1));
    registry.create(spec("twin-id", "b", 3));
    setState("a", RunPhase.ACTIVE);
    assertEquals("b", registry.find("b").id());
    assertEquals("a", registry.onlyActive().id());
    assertError(
        "2 runs have the label 'twin', so choose one by its id: a (twin) ACTIVE, b (twin) CREATED.",
        () -> registry.find("twin"));
    assertError(
        "There is no run 'x': the log holds a (twin) ACTIVE, b (twin) CREATED, twin-id (b)"
            + " CREATED.",
        () -> registry.find("x"));
    setState("b", RunPhase.ACTIVE);
    assertError(
        "2 runs are active, so choose one: a (twin) ACTIVE, b (twin) ACTIVE.",
        registry::onlyActive);
  }

  @Test
  void waitsForTheOnlyActiveRun() {
    registry.create(spec("old", "", 1));
    setState("old", RunPhase.STOPPED);
    StepVerifier.create(registry.await(null, SOON).map(Run::id))
        .then(
            () -> {
              registry.create(spec("new", "", 2));
              setState("new", RunPhase.ACTIVE);
            })
        .expectNext("new")
        .expectComplete()
        .verify(SOON);
  }

  @Test
  void waitsForARunByName() {
    StepVerifier.create(registry.await("label", SOON).map(Run::id))
        .then(() -> registry.create(spec("a", "label", 1)))
        .expectNext("a")
        .expectComplete()
        .verify(SOON);
  }

  @Test
  void endsWaitingWithWhatThereIs() {
    registry.create(spec("a", "", 1));
    StepVerifier.create(registry.await("b", Duration.ofSeconds(2)))
        .expectErrorSatisfies(
            e -> {
              assertInstanceOf(LogException.class, e);
              assertEquals("There is no run 'b': the log holds a CREATED.", e.getMessage());
            })
        .verify(SOON);
  }

  @Test
  void saysNothingOfRunsThatItHadNoTimeToRead() {
    registry.create(spec("a", "", 1));
    StepVerifier.create(registry.await("a", Duration.ofNanos(1)))
        .expectErrorSatisfies(
            e -> assertEquals("The log's runs could not be read within 0 ms.", e.getMessage()))
        .verify(SOON);
  }

  @Test
  void refusesToChooseBetweenTwoActiveRunsWhileWaiting() {
    for (String id : List.of("a", "b")) {
      registry.create(spec(id, "", id.charAt(0)));
      setState(id, RunPhase.ACTIVE);
    }
    StepVerifier.create(registry.await(null, SOON))
        .expectErrorSatisfies(
            e ->
                assertEquals(
                    "2 runs are active, so choose one: a ACTIVE, b ACTIVE.", e.getMessage()))
        .verify(SOON);
  }

  @Test
  void showsEveryChangeOfARunAndNoneOfOthers() {
    registry.create(spec("a", "", 1));
    StepVerifier.create(registry.watch("a").map(Run::phase))
        .expectNext(Run.Phase.CREATED)
        .then(() -> registry.create(spec("b", "", 2)))
        .then(() -> setState("b", RunPhase.ACTIVE))
        .then(() -> setState("a", RunPhase.ACTIVE))
        .expectNext(Run.Phase.ACTIVE)
        .then(() -> registry.setVerdict(RunVerdict.newBuilder().setRun("a").build()))
        .expectNext(Run.Phase.SOLVED)
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void skipsAndCountsWhatItCannotUse() {
    registry.create(spec("a", "", 1));
    byte[] stray = RecordCodec.RUN_STATE.encode(state("b", RunPhase.ACTIVE));
    Topic topic = connection.topics().runs();
    TestLog.write(
        connection,
        List.of(
            TestLog.record(topic, "a/state", stray),
            TestLog.record(topic, "a/spec", new byte[] {1, 2, 3}),
            TestLog.record(topic, "nonsense", stray)));
    assertEquals(
        List.of("a CREATED"),
        registry.runs().stream().map(run -> run + " " + run.phase()).toList());
    // "create" has read the topic once before they came.
    assertEquals(1, registry.rejected().count(RejectionReason.INVALID));
    assertEquals(2, registry.rejected().count(RejectionReason.FOREIGN));
  }

  @Test
  void forgetsARunWhoseSpecIsDeleted() {
    registry.create(spec("a", "", 1));
    TestLog.write(connection, List.of(TestLog.record(connection.topics().runs(), "a/spec", null)));
    assertEquals(List.of(), registry.runs());
  }

  private static RunSpec spec(String id, String label, long created) {
    return RunSpec.newBuilder().setRun(id).setLabel(label).setCreatedAtMicros(created).build();
  }

  private static RunState state(String id, RunPhase phase) {
    return RunState.newBuilder().setRun(id).setPhase(phase).build();
  }

  /** Writes as a learner does, but for the transaction. */
  private void setState(String id, RunPhase phase) {
    byte[] record = RecordCodec.RUN_STATE.encode(state(id, phase));
    TestLog.write(
        connection, List.of(TestLog.record(connection.topics().runs(), id + "/state", record)));
  }

  private static void assertError(String message, Executable call) {
    assertEquals(message, assertThrows(LogException.class, call).getMessage());
  }
}
