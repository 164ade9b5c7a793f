package dev.relive.learner;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.learner.LearnerStart.ExperienceOf;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.learner.LearnerStart.Resume;
import dev.relive.learner.LearnerStart.Stated;
import dev.relive.log.ExperienceWriter;
import dev.relive.log.LogConnection;
import dev.relive.log.Run;
import dev.relive.log.RunFeeds;
import dev.relive.log.RunRegistry;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.Settings;
import dev.relive.log.Topic;
import dev.relive.log.WriterSettings;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;

/** A log of its own on a broker: learners are started on it, and what they do is read from it. */
record BrokerLog(LogConnection connection) {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A small run of 600 steps. */
  static NewRun newRun() {
    return new NewRun(
        "label",
        TestRuns.ENVIRONMENT,
        Algorithm.DOUBLE_DQN,
        TestRuns.settings(
            Algorithm.DOUBLE_DQN,
            Map.of(
                "schedule.steps", "600",
                "schedule.learning-starts", "100",
                "schedule.train-every", "50",
                "schedule.updates", "2",
                "schedule.snapshot-every", "200",
                "schedule.checkpoint-every", "150",
                "replay.capacity", "200",
                "replay.batch-size", "16",
                "network.hidden-sizes", "8")),
        7,
        false);
  }

  /** The same run again, by whoever states nothing of it. */
  static Resume resume(String idOrLabel, IfRunning ifRunning) {
    return new Resume(idOrLabel, Stated.NOTHING, ifRunning, ExperienceOf.ANY);
  }

  /** More than 600 transitions of two lanes in segments of uneven length. */
  static List<Segment> segments(String run) {
    TestSegments source = new TestSegments(run);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      SegmentEnd end = i % 3 == 0 ? SegmentEnd.TERMINATED : SegmentEnd.CONTINUES;
      segments.add(source.next(i % 2, 1 + i % 23, end));
    }
    return segments;
  }

  LearnerService learner(LearnerStart start) {
    return new LearnerService(
        new LearnerConfig(connection, start, DeviceChoice.CPU, Map.of()),
        new PrometheusRegistry(),
        Clock.systemUTC());
  }

  LearnerService started(LearnerStart start) {
    LearnerService learner = learner(start);
    learner.start();
    return learner;
  }

  Topic experience() {
    return connection.topics().experience(TestRuns.ENVIRONMENT.getId());
  }

  void write(List<Segment> segments) {
    try (ExperienceWriter writer =
        ExperienceWriter.open(connection, experience(), 0, WriterSettings.DEFAULT)) {
      writer.write(Flux.fromIterable(segments)).blockLast(PATIENCE);
    }
  }

  /** Waits for the end of a learner's work. */
  static void await(CompletableFuture<Void> completion) throws Exception {
    completion.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits for a Progress of the run. */
  Progress progress(String run, Predicate<Progress> wanted) {
    Progress progress = new RunFeeds(connection).progress(run).filter(wanted).blockFirst(PATIENCE);
    if (progress == null) {
      throw new AssertionError("There is no such Progress.");
    }
    return progress;
  }

  /** All snapshots of the run up to its final one of a generation. */
  List<Snapshot> snapshots(String run, long generation) {
    List<Snapshot> snapshots =
        new RunFeeds(connection)
            .snapshots(run, 1)
            .takeUntil(
                s -> s.getReason() == SnapshotReason.FINAL && s.getGeneration() == generation)
            .collectList()
            .block(PATIENCE);
    return snapshots == null ? List.of() : snapshots;
  }

  Run run(String id) {
    try (RunRegistry registry = new RunRegistry(connection)) {
      return registry.find(id);
    }
  }

  /** Settings of a run but for one. */
  static NewRun with(NewRun run, String name, String value) {
    return new NewRun(
        run.label(),
        run.environment(),
        run.algorithm(),
        run.settings().with(Settings.of(Map.of(name, value))),
        run.seed(),
        run.deterministic());
  }
}
