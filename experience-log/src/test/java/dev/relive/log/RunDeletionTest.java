package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class RunDeletionTest {
  private final LogConnection connection = TestLog.connection(ArchivedRuns::topics);

  @Test
  void takesTheRunAwayAndLeavesTheOthers() throws Exception {
    Run run = ArchivedRuns.write(connection, "run");
    ArchivedRuns.write(connection, "kept");
    delete(run);

    List<RunReports.RunReport> left = new RunReports(connection).read();
    assertEquals(List.of("kept"), left.stream().map(report -> report.run().id()).toList());
    assertEquals(2, left.get(0).progress().orElseThrow().getOrdinal());
    StoredRun stored = new StoredRun(connection, "run");
    assertEquals(Optional.empty(), stored.spec());
    assertEquals(Optional.empty(), stored.state());
    assertEquals(Optional.empty(), stored.verdict());
    assertEquals(Optional.empty(), stored.progress());
    assertEquals(Optional.empty(), stored.policy(2));
    assertEquals(
        "Checkpoint 1 of run run is not whole in topic %s: its parts [] are there."
            .formatted(connection.topics().checkpoints().name()),
        assertThrows(LogException.class, () -> stored.checkpoint(1)).getMessage());
    List<Long> snapshots = new ArrayList<>();
    stored.snapshots(found -> snapshots.add(found.offset()));
    assertEquals(2, snapshots.size());
  }

  @Test
  void letsARunOfThatIdBeginAnew() throws Exception {
    delete(ArchivedRuns.write(connection, "run"));
    try (RunRegistry registry = new RunRegistry(connection)) {
      registry.create(ArchivedRuns.spec("run", 0));
    }
    try (RunPublisher publisher = RunPublisher.open(connection, "run")) {
      assertEquals(Optional.empty(), publisher.newest());
      publisher.publish(Publication.of(Progress.newBuilder().setRunSteps(7).build()));
    }
    Progress first = new RunFeeds(connection).progress("run").blockFirst();
    assertEquals(1, first == null ? 0 : first.getGeneration());
  }

  @Test
  void tellsWhoFollowsTheRun() throws Exception {
    Run run = ArchivedRuns.write(connection, "run");
    try (RunRegistry registry = new RunRegistry(connection)) {
      Flux<String> watched = registry.watch("run").map(Run::id);
      StepVerifier.create(watched)
          .expectNext("run")
          .then(() -> delete(run))
          .expectErrorMessage("Run run was deleted.")
          .verify();
    }
  }

  @Test
  void refusesARunThatAnotherLearnsFrom() throws Exception {
    Run run = ArchivedRuns.write(connection, "run");
    try (RunRegistry registry = new RunRegistry(connection)) {
      RunSpec reader =
          ArchivedRuns.spec("reader", 0).toBuilder().setSourceRun("run").setLabel("").build();
      registry.create(reader);
    }
    assertRefused("Run run (label) is what run reader learns from: delete that one first.", run);
  }

  @Test
  void refusesARunThatIsEvaluated() throws Exception {
    Run run = ArchivedRuns.write(connection, "run");
    try (EvaluatorGroup evaluator = EvaluatorGroup.join(connection, run.spec())) {
      while (!evaluator.isActive()) {
        var unused = evaluator.poll(Duration.ofMillis(50));
      }
      assertRefused("Run run (label) has an evaluator at work, so it cannot be deleted.", run);
    }
    delete(run);
  }

  private void assertRefused(String sentence, Run run) {
    assertEquals(sentence, assertThrows(LogException.class, () -> delete(run)).getMessage());
  }

  private void delete(Run run) {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      RunDeletion deletion = new RunDeletion(admin, Duration.ofMillis(1));
      deletion.check(
          run, new RunReports(connection).read().stream().map(RunReports.RunReport::run).toList());
      assertEquals(6, deletion.delete(run));
    }
  }
}
