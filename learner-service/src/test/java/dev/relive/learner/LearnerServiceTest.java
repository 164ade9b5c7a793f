package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.ExperienceReader;
import dev.relive.log.ExperienceWriter;
import dev.relive.log.LogConnection;
import dev.relive.log.LoggedSegment;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.Run;
import dev.relive.log.RunFeeds;
import dev.relive.log.RunRegistry;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.Settings;
import dev.relive.log.Topic;
import dev.relive.log.WriterSettings;
import dev.relive.log.wire.ElementType;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

@TestInstance(Lifecycle.PER_CLASS)
class LearnerServiceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
  void learnsFromTheLogUntilItsStepsAreSpent() throws Exception {
    LogConnection log = newLog();
    try (LearnerService learner = started(log)) {
      writeForeignRecord(log);
      write(log, segments(learner.run()));
      learner.completion().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      List<Snapshot> snapshots = snapshots(log, learner.run());
      assertEquals(
          List.of(200L, 400L, 600L, 600L), snapshots.stream().map(Snapshot::getRunSteps).toList());
      assertEquals(SnapshotReason.FINAL, snapshots.get(3).getReason());
      for (int i = 1; i < snapshots.size(); i++) {
        assertTrue(snapshots.get(i).getVersion() > snapshots.get(i - 1).getVersion());
        assertEquals(snapshots.get(i - 1).getVersion(), snapshots.get(i).getParentVersion());
      }
      // Rounds of 2 after 100, 150, …, 600 steps.
      Progress progress = newestProgress(log, learner.run());
      assertEquals(22, progress.getUpdates());
      assertEquals(600, progress.getRunSteps());
      assertEquals(1, progress.getActorsCount());
      assertTrue(progress.getActors(0).getSteps() >= 600);
      assertEquals(0, learner.status().gaps());
      assertEquals(1, learner.status().rejected());

      Run run = run(log, learner.run());
      assertEquals(Run.Phase.STOPPED, run.phase());
      assertEquals("its 600 steps are spent", run.state() == null ? "" : run.state().getReason());
    }
  }

  @Test
  void theSameLogGivesTheSameWeights() throws Exception {
    List<ByteString> checksums = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      LogConnection log = newLog();
      try (LearnerService learner = started(log)) {
        write(log, segments(learner.run()));
        learner.completion().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        checksums.add(snapshots(log, learner.run()).get(3).getWeights().getSha256());
      }
    }
    assertEquals(checksums.get(0), checksums.get(1));
  }

  @Test
  void anEvaluatorsVerdictEndsTheRunWithAFinalSnapshot() throws Exception {
    LogConnection log = newLog();
    try (LearnerService learner = started(log);
        RunRegistry registry = new RunRegistry(log)) {
      registry.setVerdict(RunVerdict.newBuilder().setRun(learner.run()).setVersion(1).build());
      learner.completion().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      assertEquals(Run.Phase.SOLVED, run(log, learner.run()).phase());
      assertEquals(
          List.of(SnapshotReason.FINAL),
          snapshots(log, learner.run()).stream().map(Snapshot::getReason).toList());
    }
  }

  @Test
  void closingStopsTheRunAndLeavesTheLogReadable() throws Exception {
    LogConnection log = newLog();
    String run;
    try (LearnerService learner = started(log)) {
      run = learner.run();
      write(log, segments(run).subList(0, 3));
    }
    Run closed = run(log, run);
    assertEquals(Run.Phase.STOPPED, closed.phase());
    List<LoggedSegment> read =
        new ExperienceReader(log, RejectedRecords.LEFT)
            .read(ReadRequest.of(log.topics(), closed.spec()).untilNow())
            .collectList()
            .block(PATIENCE);
    assertEquals(3, read == null ? 0 : read.size());
  }

  private LearnerService started(LogConnection log) {
    Settings settings =
        Algorithm.DOUBLE_DQN
            .defaults()
            .with(
                Settings.of(
                    Map.of(
                        "schedule.steps", "600",
                        "schedule.learning-starts", "100",
                        "schedule.train-every", "50",
                        "schedule.updates", "2",
                        "schedule.snapshot-every", "200",
                        "replay.capacity", "500",
                        "replay.batch-size", "16",
                        "network.hidden-sizes", "8")));
    EnvironmentSpec environment =
        EnvironmentSpec.newBuilder()
            .setId("Test-v0")
            .setObservations(
                Space.newBuilder().setKind(SpaceKind.BOX).setType(ElementType.FLOAT32).addShape(2))
            .setActions(
                Space.newBuilder()
                    .setKind(SpaceKind.DISCRETE)
                    .setType(ElementType.UINT8)
                    .addCounts(2))
            .build();
    LearnerService learner =
        new LearnerService(
            new LearnerConfig(
                log,
                new LearnerStart.NewRun("", environment, Algorithm.DOUBLE_DQN, settings, 7, false),
                DeviceChoice.CPU,
                Map.of()),
            new PrometheusRegistry(),
            Clock.systemUTC());
    learner.start();
    return learner;
  }

  /** More than 600 transitions of two lanes in segments of uneven length. */
  private static List<Segment> segments(String run) {
    TestSegments source = new TestSegments(run);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      SegmentEnd end = i % 3 == 0 ? SegmentEnd.TERMINATED : SegmentEnd.CONTINUES;
      segments.add(source.next(i % 2, 1 + i % 23, end));
    }
    return segments;
  }

  private LogConnection newLog() {
    return new LogConnection(broker.bootstrapServers(), "log" + logs++, Map.of());
  }

  private static Topic experience(LogConnection log) {
    return log.topics().experience("Test-v0");
  }

  private static void write(LogConnection log, List<Segment> segments) {
    try (ExperienceWriter writer =
        ExperienceWriter.open(log, experience(log), 0, WriterSettings.DEFAULT)) {
      writer.write(Flux.fromIterable(segments)).blockLast(PATIENCE);
    }
  }

  private static void writeForeignRecord(LogConnection log) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", log.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(experience(log).name(), 0, new byte[] {1}, new byte[] {2}))
          .get();
    }
  }

  private static List<Snapshot> snapshots(LogConnection log, String run) {
    List<Snapshot> snapshots =
        new RunFeeds(log)
            .snapshots(run, 1)
            .takeUntil(snapshot -> snapshot.getReason() == SnapshotReason.FINAL)
            .collectList()
            .block(PATIENCE);
    return snapshots == null ? List.of() : snapshots;
  }

  private static Progress newestProgress(LogConnection log, String run) {
    Progress progress =
        new RunFeeds(log)
            .progress(run)
            .filter(p -> p.getSnapshotVersion() > 0 && p.getRunSteps() == 600)
            .blockFirst(PATIENCE);
    return progress == null ? Progress.getDefaultInstance() : progress;
  }

  private static Run run(LogConnection log, String run) {
    try (RunRegistry registry = new RunRegistry(log)) {
      return registry.find(run);
    }
  }
}
