package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.learner.LearnerConfig.OnStop;
import dev.relive.learner.LearnerStart.ExperienceOf;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.learner.LearnerStart.Resume;
import dev.relive.learner.LearnerStart.ResumeOrBegin;
import dev.relive.learner.LearnerStart.Stated;
import dev.relive.log.FencedException;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.Publication;
import dev.relive.log.Run;
import dev.relive.log.RunPublisher;
import dev.relive.log.RunRegistry;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.Settings;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class LearnerResumeTest {
  private static final int HALF = 30;

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
  void aStoppedRunGoesOnAsIfItHadNeverStopped() throws Exception {
    BrokerLog log = newLog();
    String run;
    try (LearnerService first = log.started(BrokerLog.newRun())) {
      run = first.run();
      log.write(BrokerLog.segments(run).subList(0, HALF));
      log.progress(run, p -> p.getSegments() == HALF);
    }
    try (LearnerService second = log.started(BrokerLog.resume("label", IfRunning.REFUSE))) {
      long steps = steps(BrokerLog.segments(run).subList(0, HALF));
      assertEquals(run, second.run());
      assertEquals(2, second.status().generation());
      assertEquals(steps, second.status().resumedAtSteps());
      log.write(BrokerLog.segments(run).subList(HALF, 60));
      BrokerLog.await(second.completion());
    }
    List<Snapshot> snapshots = log.snapshots(run, 2);
    assertEquals(wholeRun(), last(snapshots).getWeights().getSha256());
    for (int i = 1; i < snapshots.size(); i++) {
      assertTrue(snapshots.get(i).getVersion() > snapshots.get(i - 1).getVersion());
      assertEquals(snapshots.get(i - 1).getVersion(), snapshots.get(i).getParentVersion());
    }
    assertEquals(Run.Phase.STOPPED, log.run(run).phase());
  }

  @Test
  void aLearnerThatIsTakenOverEndsAndChangesNothing() throws Exception {
    BrokerLog log = newLog();
    try (LearnerService first = log.started(BrokerLog.newRun())) {
      String run = first.run();
      log.write(BrokerLog.segments(run).subList(0, HALF));
      log.progress(run, p -> p.getCheckpointOrdinal() > 0);
      try (LearnerService second = log.started(BrokerLog.resume(run, IfRunning.TAKE_OVER))) {
        ExecutionException end =
            assertThrows(ExecutionException.class, () -> BrokerLog.await(first.completion()));
        FencedException fenced = assertInstanceOf(FencedException.class, end.getCause());
        assertEquals(
            "Another learner has taken over run %s, so this one ends without publishing anything more."
                .formatted(run),
            fenced.getMessage());
        assertEquals(Run.Phase.ACTIVE, log.run(run).phase());

        log.write(BrokerLog.segments(run).subList(HALF, 60));
        BrokerLog.await(second.completion());
      }
      assertEquals(wholeRun(), last(log.snapshots(run, 2)).getWeights().getSha256());
      RunState state = log.run(run).state();
      assertEquals(2, state == null ? 0 : state.getGeneration());
    }
  }

  @Test
  void aRunThatIsBeingLearnedIsLeftAlone() throws Exception {
    BrokerLog log = newLog();
    try (LearnerService first = log.started(BrokerLog.newRun());
        LearnerService second = log.learner(BrokerLog.resume("label", IfRunning.REFUSE))) {
      LogException refusal = assertThrows(LogException.class, second::start);
      assertEquals(
          "Run %s (label) is being learned by another learner; --if-running take-over would end that one and go on here."
              .formatted(first.run()),
          refusal.getMessage());
      log.write(BrokerLog.segments(first.run()));
      BrokerLog.await(first.completion());
    }
  }

  @Test
  void aRunWhoseLearnerIsGoneIsTakenUpFromItsFirstSegment() throws Exception {
    BrokerLog log = newLog();
    String run = leftByItsLearner(log);
    log.write(BrokerLog.segments(run).subList(0, HALF));
    try (LearnerService second = log.started(BrokerLog.resume(run, IfRunning.REFUSE))) {
      log.write(BrokerLog.segments(run).subList(HALF, 60));
      BrokerLog.await(second.completion());
    }
    assertEquals(wholeRun(), last(log.snapshots(run, 2)).getWeights().getSha256());
  }

  @Test
  void refusesWhatCannotBeResumed() throws Exception {
    BrokerLog log = newLog();
    String run;
    try (LearnerService first = log.started(BrokerLog.newRun())) {
      run = first.run();
    }
    assertEquals(
        "Run %s (label) cannot be resumed as something else: schedule.steps is 600, not 700."
            .formatted(run),
        refusal(
            log,
            new Resume(
                run,
                new Stated(null, null, Settings.of(Map.of("schedule.steps", "700")), null),
                IfRunning.REFUSE,
                ExperienceOf.OWN)));
    assertEquals(
        "There is no run 'other': the log holds %s (label) STOPPED.".formatted(run),
        refusal(log, BrokerLog.resume("other", IfRunning.REFUSE)));
    try (LearnerService second = log.started(BrokerLog.resume(run, IfRunning.REFUSE))) {
      log.write(BrokerLog.segments(run));
      BrokerLog.await(second.completion());
    }
    assertEquals(
        "Run %s (label) has spent its 600 steps, so there is nothing to resume.".formatted(run),
        refusal(log, BrokerLog.resume(run, IfRunning.REFUSE)));
    try (LearnerService third = log.started(BrokerLog.newRun())) {
      assertFalse(third.run().equals(run));
    }
    assertTrue(
        refusal(log, BrokerLog.resume("label", IfRunning.REFUSE))
            .startsWith("2 runs have the label 'label', so choose one by its id"));
  }

  @Test
  void aRunThatMayBeMissingIsBegunOnceAndThenGoneOnWith() throws Exception {
    BrokerLog log = newLog();
    ResumeOrBegin either =
        new ResumeOrBegin(
            new Resume(
                "label",
                new Stated(null, null, BrokerLog.newRun().settings(), 7L),
                IfRunning.TAKE_OVER,
                ExperienceOf.OWN),
            BrokerLog.newRun());
    String run;
    try (LearnerService first = log.started(either)) {
      run = first.run();
      assertEquals("label", first.spec().getLabel());
      assertEquals(1, first.status().generation());
    }
    try (LearnerService second = log.started(either)) {
      assertEquals(run, second.run());
      assertEquals(2, second.status().generation());
    }
  }

  @Test
  void aRunThatIsLeftStaysActiveAndGoesOnAsIfItHadNeverBeen() throws Exception {
    BrokerLog log = newLog();
    String run;
    LearnerConfig leaving =
        new LearnerConfig(
            log.connection(), BrokerLog.newRun(), DeviceChoice.CPU, OnStop.LEAVE, Map.of());
    try (LearnerService first =
        new LearnerService(leaving, new PrometheusRegistry(), Clock.systemUTC())) {
      first.start();
      run = first.run();
      log.write(BrokerLog.segments(run).subList(0, HALF));
      log.progress(run, p -> p.getSegments() == HALF);
    }
    assertEquals(Run.Phase.ACTIVE, log.run(run).phase());
    try (LearnerService second = log.started(BrokerLog.resume("label", IfRunning.TAKE_OVER))) {
      long steps = steps(BrokerLog.segments(run).subList(0, HALF));
      assertEquals(steps, second.status().resumedAtSteps());
      log.write(BrokerLog.segments(run).subList(HALF, 60));
      BrokerLog.await(second.completion());
    }
    assertEquals(wholeRun(), last(log.snapshots(run, 2)).getWeights().getSha256());
    assertEquals(Run.Phase.STOPPED, log.run(run).phase());
  }

  @Test
  void aLearnerThatIsBehindStopsAtOnceAndKeepsWhereItIs() throws Exception {
    BrokerLog log = newLog();
    NewRun everyStep = BrokerLog.with(BrokerLog.newRun(), "schedule.train-every", "1");
    LearnerService learner = log.started(BrokerLog.with(everyStep, "schedule.steps", "1000000"));
    TestSegments source = new TestSegments(learner.run());
    List<Segment> backlog =
        Stream.generate(() -> source.next(0, 20, SegmentEnd.TERMINATED)).limit(2_000).toList();
    log.write(backlog);
    log.progress(learner.run(), p -> p.getUpdates() > 0);

    learner.close();

    assertTrue(learner.status().runSteps() < steps(backlog), () -> learner.status().toString());
    assertEquals(learner.status().runSteps(), learner.status().checkpointSteps());
    assertEquals(Run.Phase.STOPPED, log.run(learner.run()).phase());
  }

  private static String refusal(BrokerLog log, Resume resume) {
    try (LearnerService learner = log.learner(resume)) {
      return String.valueOf(assertThrows(LogException.class, learner::start).getMessage());
    }
  }

  /** A run as its learner leaves it that is killed before its first checkpoint. */
  private static String leftByItsLearner(BrokerLog log) throws Exception {
    LearnerConfig config =
        new LearnerConfig(log.connection(), BrokerLog.newRun(), DeviceChoice.CPU, Map.of());
    try (RunRegistry registry = new RunRegistry(log.connection())) {
      String run = new RunOpening(config, registry, Clock.systemUTC()).open().id();
      try (RunPublisher publisher = RunPublisher.open(log.connection(), run)) {
        publisher.publish(
            Publication.of(Progress.getDefaultInstance())
                .with(RunState.newBuilder().setPhase(RunPhase.ACTIVE).build()));
        publisher.flush();
      }
      return run;
    }
  }

  /** The last weights of a run that is never stopped. */
  private ByteString wholeRun() throws Exception {
    BrokerLog log = newLog();
    try (LearnerService learner = log.started(BrokerLog.newRun())) {
      log.write(BrokerLog.segments(learner.run()));
      BrokerLog.await(learner.completion());
      return last(log.snapshots(learner.run(), 1)).getWeights().getSha256();
    }
  }

  private static long steps(List<Segment> segments) {
    return segments.stream().mapToLong(Segment::length).sum();
  }

  private static Snapshot last(List<Snapshot> snapshots) {
    return snapshots.get(snapshots.size() - 1);
  }

  private BrokerLog newLog() {
    return new BrokerLog(new LogConnection(broker.bootstrapServers(), "log" + logs++, Map.of()));
  }
}
