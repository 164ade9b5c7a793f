package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.log.ExperiencePruning;
import dev.relive.log.ExperiencePruning.Limit;
import dev.relive.log.ExperiencePruning.Plan;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.Run;
import dev.relive.log.RunReports;
import dev.relive.log.Segment;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.TransferListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** How long experience is kept, and what of it a run needs to be gone on with. */
@TestInstance(Lifecycle.PER_CLASS)
class RetentionTest {
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private EmbeddedBroker broker;
  private int logs;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @Test
  void isWhatTheUserStatesAndStandsInTheSpec() {
    BrokerLog log = newLog();
    String run = begin(log, TWO_DAYS);

    assertEquals(TWO_DAYS.toMillis(), log.run(run).spec().getRetentionMs());
    try (LogAdmin admin = LogAdmin.open(log.connection())) {
      assertEquals(TWO_DAYS, admin.retention(log.experience()));
    }
    String other = begin(log, TWO_DAYS);
    assertEquals(TWO_DAYS.toMillis(), log.run(other).spec().getRetentionMs());
    try (LearnerService resumed = log.started(BrokerLog.resume(run, IfRunning.REFUSE))) {
      assertEquals(run, resumed.run());
    }
  }

  @Test
  void isOneForAllRunsOfAStream() {
    BrokerLog log = newLog();
    var unused = begin(log, TWO_DAYS);
    LearnerService forEver = log.learner(kept(TopicCatalogue.FOREVER));
    LogException refusal = assertThrows(LogException.class, forEver::start);
    forEver.close();
    assertEquals(
        "Topic %s has retention.ms=172800000 but must have -1, because that is the retention stated for the log."
            .formatted(log.experience().name()),
        refusal.getMessage());
  }

  @Test
  void letsARunGoOnAfterAPrune() throws Exception {
    BrokerLog log = newLog();
    List<Segment> segments;
    String run;
    try (LearnerService learner = log.started(BrokerLog.newRun())) {
      run = learner.run();
      segments = BrokerLog.segments(run);
      log.write(segments.subList(0, 40));
      var unused = log.progress(run, p -> p.getRunSteps() >= 400 && p.getCheckpointOrdinal() > 0);
    }
    Plan pruned = prune(log);
    assertTrue(pruned.before() > 0 && pruned.before() < 40, pruned::toString);
    assertEquals(run, pruned.holding().orElseThrow().run().id());

    try (LearnerService resumed = log.started(BrokerLog.resume(run, IfRunning.REFUSE))) {
      log.write(segments.subList(40, 60));
      BrokerLog.await(resumed.completion());
      assertEquals(0, resumed.status().gaps());
      assertEquals(600, resumed.status().runSteps());
    }
    assertFalse(ResumableRuns.contains(new RunReports(log.connection()).read().get(0)));
    assertEquals(60, prune(log).before());
  }

  @Test
  void refusesARunWhoseStartIsGone() {
    BrokerLog log = newLog();
    String run;
    try (LearnerService learner = log.started(BrokerLog.newRun())) {
      run = learner.run();
    }
    log.write(BrokerLog.segments(run).subList(0, 5));
    assertEquals(0, prune(log).before());
    // With no regard to what the run needs.
    assertEquals(3, prune(log, new Limit.Offset(3), report -> false).before());
    LearnerService resumed = log.learner(BrokerLog.resume(run, IfRunning.REFUSE));
    resumed.start();
    Exception failure = assertThrows(Exception.class, () -> BrokerLog.await(resumed.completion()));
    resumed.close();
    String said = String.valueOf(failure.getMessage());
    assertTrue(said.contains("what stood"), said);
    assertTrue(said.contains("before offset 3 was deleted"), said);
    assertEquals(Run.Phase.FAILED, log.run(run).phase());
  }

  private static String begin(BrokerLog log, Duration retention) {
    try (LearnerService learner = log.started(kept(retention))) {
      return learner.run();
    }
  }

  private static NewRun kept(Duration retention) {
    NewRun run = BrokerLog.newRun();
    return new NewRun(
        run.label(),
        run.environment(),
        run.algorithm(),
        run.settings(),
        run.seed(),
        run.deterministic(),
        retention);
  }

  private static Plan prune(BrokerLog log) {
    return prune(log, new Limit.None(), ResumableRuns::contains);
  }

  private static Plan prune(BrokerLog log, Limit limit, Predicate<RunReports.RunReport> canGoOn) {
    LogConnection connection = log.connection();
    try (LogAdmin admin = LogAdmin.open(connection)) {
      ExperiencePruning pruning = new ExperiencePruning(admin, TransferListener.NONE);
      Plan plan =
          pruning
              .plan(TestRuns.ENVIRONMENT.getId(), limit, new RunReports(connection).read(), canGoOn)
              .get(0);
      assertEquals(plan.before(), pruning.delete(plan));
      return plan;
    }
  }

  private BrokerLog newLog() {
    return new BrokerLog(
        new LogConnection(broker.bootstrapServers(), "retention" + logs++, Map.of()));
  }
}
