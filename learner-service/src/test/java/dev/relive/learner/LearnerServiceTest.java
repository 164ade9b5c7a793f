package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.ExperienceReader;
import dev.relive.log.LogConnection;
import dev.relive.log.LoggedSegment;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.Run;
import dev.relive.log.RunRegistry;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class LearnerServiceTest {
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
    BrokerLog log = newLog();
    try (LearnerService learner = log.started(BrokerLog.newRun())) {
      writeForeignRecord(log);
      log.write(BrokerLog.segments(learner.run()));
      BrokerLog.await(learner.completion());

      List<Snapshot> snapshots = log.snapshots(learner.run(), 1);
      assertEquals(
          List.of(200L, 400L, 600L), snapshots.stream().map(Snapshot::getRunSteps).toList());
      assertEquals(SnapshotReason.FINAL, snapshots.get(2).getReason());
      for (int i = 1; i < snapshots.size(); i++) {
        assertTrue(snapshots.get(i).getVersion() > snapshots.get(i - 1).getVersion());
        assertEquals(snapshots.get(i - 1).getVersion(), snapshots.get(i).getParentVersion());
      }
      // Rounds of 2 after 100, 150, …, 600 steps.
      Progress progress = log.progress(learner.run(), p -> p.getRunSteps() == 600);
      assertEquals(22, progress.getUpdates());
      assertEquals(1, progress.getActorsCount());
      assertTrue(progress.getActors(0).getSteps() >= 600);
      assertEquals(0, learner.status().gaps());
      assertEquals(1, learner.status().rejected());

      Run run = log.run(learner.run());
      assertEquals(Run.Phase.STOPPED, run.phase());
      assertEquals("its 600 steps are spent", run.state() == null ? "" : run.state().getReason());
    }
  }

  @Test
  void anErrorWhileTrainingEndsTheLearner() throws Exception {
    NoClassDefFoundError error = new NoClassDefFoundError("missing");
    InstantSource clock =
        () -> {
          if (Thread.currentThread().getName().startsWith("relive-train")) {
            throw error;
          }
          return Instant.EPOCH;
        };
    BrokerLog log = newLog();
    LearnerConfig config =
        new LearnerConfig(log.connection(), BrokerLog.newRun(), DeviceChoice.CPU, Map.of());
    try (LearnerService learner = new LearnerService(config, new PrometheusRegistry(), clock)) {
      learner.start();
      log.write(BrokerLog.segments(learner.run()));

      ExecutionException ended =
          assertThrows(ExecutionException.class, () -> BrokerLog.await(learner.completion()));

      assertSame(error, ended.getCause());
    }
  }

  @Test
  void theSameLogGivesTheSameWeights() throws Exception {
    List<ByteString> checksums = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      BrokerLog log = newLog();
      try (LearnerService learner = log.started(BrokerLog.newRun())) {
        log.write(BrokerLog.segments(learner.run()));
        BrokerLog.await(learner.completion());
        checksums.add(log.snapshots(learner.run(), 1).get(2).getWeights().getSha256());
      }
    }
    assertEquals(checksums.get(0), checksums.get(1));
  }

  @Test
  void anEvaluatorsVerdictEndsTheRunWithAFinalSnapshot() throws Exception {
    BrokerLog log = newLog();
    try (LearnerService learner = log.started(BrokerLog.newRun());
        RunRegistry registry = new RunRegistry(log.connection())) {
      registry.setVerdict(RunVerdict.newBuilder().setRun(learner.run()).setVersion(1).build());
      BrokerLog.await(learner.completion());

      assertEquals(Run.Phase.SOLVED, log.run(learner.run()).phase());
      assertEquals(
          List.of(SnapshotReason.FINAL),
          log.snapshots(learner.run(), 1).stream().map(Snapshot::getReason).toList());
    }
  }

  @Test
  void closingStopsTheRunAndLeavesTheLogReadable() throws Exception {
    BrokerLog log = newLog();
    String run;
    try (LearnerService learner = log.started(BrokerLog.newRun())) {
      run = learner.run();
      log.write(BrokerLog.segments(run).subList(0, 3));
    }
    Run closed = log.run(run);
    assertEquals(Run.Phase.STOPPED, closed.phase());
    List<LoggedSegment> read =
        new ExperienceReader(log.connection(), RejectedRecords.LEFT)
            .read(ReadRequest.of(log.connection().topics(), closed.spec()).untilNow())
            .collectList()
            .block(BrokerLog.PATIENCE);
    assertEquals(3, read == null ? 0 : read.size());
  }

  @Test
  void isHeardOfWhileNothingHappens() {
    BrokerLog log = newLog();
    try (LearnerService learner = log.started(BrokerLog.newRun())) {
      Progress said = log.progress(learner.run(), p -> true);
      Progress again = log.progress(learner.run(), p -> p.getOrdinal() >= said.getOrdinal() + 2);
      assertEquals(said.getRunSteps(), again.getRunSteps());
      assertTrue(again.getAtMicros() > said.getAtMicros());
    }
  }

  private BrokerLog newLog() {
    return new BrokerLog(new LogConnection(broker.bootstrapServers(), "log" + logs++, Map.of()));
  }

  private static void writeForeignRecord(BrokerLog log) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", log.connection().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(log.experience().name(), 0, new byte[] {1}, new byte[] {2}))
          .get();
    }
  }
}
