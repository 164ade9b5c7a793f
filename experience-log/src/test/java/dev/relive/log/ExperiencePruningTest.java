package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.ExperiencePruning.Limit;
import dev.relive.log.ExperiencePruning.Plan;
import dev.relive.log.RunReports.RunReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExperiencePruningTest {
  private final LogConnection connection = TestLog.connection(ArchivedRuns::topics);

  /** The run begins at 7, its checkpoint's replay at its segment 25, behind 3 of another run. */
  private static final long WINDOW = ArchivedRuns.offset(7, ArchivedRuns.WINDOW_FIRST);

  @Test
  void goesUpToTheReplayOfARunThatCanBeGoneOnWith() throws Exception {
    ArchivedRuns.write(connection, "run");
    Plan plan = plan(new Limit.None(), true);

    assertEquals(0, plan.begin());
    assertEquals(WINDOW, plan.before());
    assertEquals(50, plan.end());
    RunNeed holding = plan.holding().orElseThrow();
    assertEquals("run", holding.run().id());
    assertEquals("the replay of its checkpoint 1 begins there", holding.reason());
    assertEquals(Set.of("other", "run"), plan.shares().keySet());
    assertEquals(35, plan.total().records());
    assertEquals(
        10, plan.shares().getOrDefault("other", new ExperiencePruning.Share(0, 0)).records());

    assertEquals(WINDOW, delete(plan));
    Plan again = plan(new Limit.None(), true);
    assertEquals(again.begin(), again.before());
    assertEquals(0, again.total().records());
  }

  @Test
  void goesToTheEndWhereNobodyNeedsAnything() throws Exception {
    ArchivedRuns.write(connection, "run");
    Plan plan = plan(new Limit.None(), false);
    assertEquals(50, plan.before());
    assertTrue(plan.holding().isEmpty());
  }

  @Test
  void goesNoFurtherThanTheUserWants() throws Exception {
    Run run = ArchivedRuns.write(connection, "run");
    assertEquals(20, plan(new Limit.Offset(20), true).before());
    assertTrue(plan(new Limit.Offset(20), true).holding().isEmpty());
    assertEquals(WINDOW, plan(new Limit.Offset(2_000), true).before());
    assertEquals(0, plan(new Limit.Time(Instant.EPOCH), true).before());
    assertEquals(50, plan(new Limit.Time(Instant.now().plusSeconds(60)), false).before());
    RunReport report = RunReports.choose(new RunReports(connection).read(), run.id());
    assertEquals(
        ArchivedRuns.offset(7, ArchivedRuns.READ - 1) + 1,
        plan(new Limit.Run(report), false).before());
  }

  @Test
  void keepsAllOfARunThatReadsAnothersExperience() throws Exception {
    ArchivedRuns.write(connection, "run");
    try (RunRegistry registry = new RunRegistry(connection)) {
      registry.create(ArchivedRuns.spec("reader", 7).toBuilder().setSourceRun("run").build());
    }
    Plan plan = plan(new Limit.None(), true);
    assertEquals(7, plan.before());
    assertEquals("it reads the experience of run run", plan.holding().orElseThrow().reason());
  }

  @Test
  void keepsAllOfARunWithoutCheckpoint() throws Exception {
    ArchivedRuns.write(connection, TestSegments.of("other", "actor", 0, 5));
    try (RunRegistry registry = new RunRegistry(connection)) {
      registry.create(ArchivedRuns.spec("new", 3));
    }
    Plan plan = plan(new Limit.None(), true);
    assertEquals(3, plan.before());
    assertEquals("it has no checkpoint", plan.holding().orElseThrow().reason());
  }

  @Test
  void findsTheReplayOfAnImportedRun() throws Exception {
    Run run = ArchivedRuns.write(connection, "run");
    LogConnection other = TestLog.connection();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    var unused = new RunExport(connection, TransferListener.NONE).write(run, file);
    new RunImport(other, Clock.systemUTC(), TransferListener.NONE)
        .add("f", new ByteArrayInputStream(file.toByteArray()), file.size(), each -> {});
    try (LogAdmin admin = LogAdmin.open(other)) {
      Plan plan =
          new ExperiencePruning(admin, TransferListener.NONE)
              .plan("s", new Limit.None(), new RunReports(other).read(), report -> true)
              .get(0);
      assertEquals(ArchivedRuns.WINDOW_FIRST, plan.before());
    }
  }

  @Test
  void whatIsDeletedIsSaidToBe() throws Exception {
    Run run = ArchivedRuns.write(connection, "run");
    delete(plan(new Limit.Offset(10), true));
    ReadRequest request = ReadRequest.of(connection.topics(), run.spec()).untilNow();
    LogException deleted =
        assertThrows(
            LogException.class,
            () -> new ExperienceReader(connection, RejectedRecords.LEFT).read(request).blockLast());
    assertEquals(
        "Reading %s partition 0 cannot begin at offset 7: what stood before offset 10 was deleted."
            .formatted(connection.topics().experience("s").name()),
        deleted.getMessage());
  }

  @Test
  void saysWhichStreamThereIsNot() {
    LogException none =
        assertThrows(
            LogException.class,
            () -> {
              try (LogAdmin admin = LogAdmin.open(connection)) {
                new ExperiencePruning(admin, TransferListener.NONE)
                    .plan("nowhere", new Limit.None(), List.of(), report -> true);
              }
            });
    assertEquals("The log holds no experience of the stream nowhere.", none.getMessage());
  }

  private Plan plan(Limit limit, boolean canGoOn) {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      return new ExperiencePruning(admin, TransferListener.NONE)
          .plan("s", limit, new RunReports(connection).read(), report -> canGoOn)
          .get(0);
    }
  }

  private long delete(Plan plan) {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      return new ExperiencePruning(admin, TransferListener.NONE).delete(plan);
    }
  }
}
