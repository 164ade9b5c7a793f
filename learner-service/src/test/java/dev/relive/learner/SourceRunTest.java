package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.learner.LearnerStart.NewReader;
import dev.relive.log.ExperiencePlace;
import dev.relive.log.ExperienceReader;
import dev.relive.log.LogConnection;
import dev.relive.log.LoggedSegment;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.Run;
import dev.relive.log.Segment;
import dev.relive.log.Settings;
import dev.relive.log.StartAt;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Snapshot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Runs that learn from another run's experience, on a real broker. */
@TestInstance(Lifecycle.PER_CLASS)
class SourceRunTest {
  private static final int HALF = 30;
  private static final Settings OTHER_RATIO =
      Settings.of(
          Map.of(
              "schedule.learning-starts", "60",
              "schedule.train-every", "10",
              "schedule.updates", "1",
              "schedule.snapshot-every", "200",
              "schedule.checkpoint-every", "100",
              "replay.capacity", "150",
              "replay.batch-size", "8",
              "network.hidden-sizes", "8"));
  private static final Settings BATCHES =
      Settings.of(
          Map.of(
              "schedule.checkpoint-every", "100",
              "actor-critic.batch-size", "50",
              "network.hidden-sizes", "8"));

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
  void severalLearnersOfOneLiveRunDisturbNobody() throws Exception {
    ByteString alone;
    BrokerLog other = newLog();
    try (LearnerService learner = other.started(BrokerLog.newRun())) {
      other.write(BrokerLog.segments(learner.run()));
      BrokerLog.await(learner.completion());
      alone = finalWeights(other, learner.run(), 1);
    }

    BrokerLog log = newLog();
    try (LearnerService source = log.started(BrokerLog.newRun());
        LearnerService byReplay = log.started(doubleDqn(source.run(), ReadRange.LIVE));
        LearnerService byBatches = log.started(actorCritic(source.run(), ReadRange.LIVE))) {
      List<Segment> segments = BrokerLog.segments(source.run());
      log.write(segments.subList(0, HALF));
      log.progress(byReplay.run(), p -> p.getSegments() == HALF);
      log.write(segments.subList(HALF, segments.size()));
      BrokerLog.await(source.completion());
      BrokerLog.await(byReplay.completion());
      BrokerLog.await(byBatches.completion());

      assertEquals(alone, finalWeights(log, source.run(), 1));
      for (LearnerService reader : List.of(byReplay, byBatches)) {
        Progress last = log.progress(reader.run(), p -> true);
        assertEquals(List.of(), last.getActorsList());
        assertEquals(0, last.getRequiredPolicyVersion());
        assertEquals(segments.size(), last.getSegments());
        assertEquals(steps(segments), last.getRunSteps());
        assertTrue(last.getUpdates() > 10);
        Run run = log.run(reader.run());
        assertEquals(Run.Phase.STOPPED, run.phase());
        assertEquals(
            "run %s, which it learned from, has ended".formatted(source.run()),
            run.state() == null ? "" : run.state().getReason());
      }
      // What is read live and what is read later is the same.
      for (NewReader later :
          List.of(
              doubleDqn(source.run(), ReadRange.HELD), actorCritic(source.run(), ReadRange.HELD))) {
        LearnerService live = later.algorithm() == Algorithm.DOUBLE_DQN ? byReplay : byBatches;
        assertEquals(finalWeights(log, live.run(), 1), learned(log, later));
      }
    }
  }

  @Test
  void aRangeGivesTheSameWeightsWheneverItIsRead() throws Exception {
    BrokerLog log = newLog();
    String source = source(log);
    ReadRange range =
        new ReadRange(new ExperiencePlace.Segment(5), new ExperiencePlace.Segment(50), 0, false);
    try (LearnerService first = log.started(doubleDqn(source, range))) {
      BrokerLog.await(first.completion());
      LearnerStatus status = first.status();
      assertEquals(45, status.rangeLength());
      assertEquals(45, status.rangePassed());
      assertEquals(steps(BrokerLog.segments(source).subList(5, 50)), status.runSteps());
      assertEquals(0, status.gaps());
      Run run = log.run(first.run());
      assertEquals(
          "the end of its range is reached", run.state() == null ? "" : run.state().getReason());
      assertEquals(5, run.spec().getPartitions(0).getFirstOffset());
      assertEquals(50, run.spec().getPartitions(0).getEndOffset());

      log.write(BrokerLog.segments("another run")); // is not in the range, and of another run
      assertEquals(finalWeights(log, first.run(), 1), learned(log, doubleDqn(source, range)));
    }
  }

  @Test
  void aReaderThatWasStoppedGoesOnAsIfItHadNeverBeen() throws Exception {
    ExperienceFilters filters = new ExperienceFilters(null, 60.0, 200);
    BrokerLog log = newLog();
    try (LearnerService source = log.started(BrokerLog.newRun())) {
      List<Segment> segments = BrokerLog.segments(source.run());
      NewReader start = with(doubleDqn(source.run(), ReadRange.LIVE), filters);
      log.write(segments.subList(0, HALF));
      String run;
      try (LearnerService first = log.started(start)) {
        run = first.run();
        log.progress(run, p -> p.getSegments() == HALF);
      }
      log.write(segments.subList(HALF, segments.size()));
      try (LearnerService second = log.started(BrokerLog.resume(run, IfRunning.REFUSE))) {
        BrokerLog.await(source.completion());
        BrokerLog.await(second.completion());
        LearnerStatus status = second.status();
        assertTrue(status.resumedAtSteps() > 0);
        assertTrue(status.dropped().lowReturnEpisodes() > 0);
      }
      assertEquals(
          learned(log, with(doubleDqn(source.run(), ReadRange.HELD), filters)),
          finalWeights(log, run, 2));
    }
  }

  @Test
  void learningBeginsWithASnapshotWhereTheRunStoodThen() throws Exception {
    BrokerLog log = newLog();
    String source = source(log);
    Snapshot snapshot = log.snapshots(source, 1).get(0);
    ReadRange range = new ReadRange(null, null, snapshot.getVersion(), false);
    Settings untrained =
        OTHER_RATIO.with(
            Settings.of(Map.of("schedule.learning-starts", "1000", "replay.capacity", "1000")));
    try (LearnerService reader =
        log.started(reader(source, Algorithm.DOUBLE_DQN, untrained, range))) {
      BrokerLog.await(reader.completion());
      assertEquals(snapshot.getWeights().getSha256(), finalWeights(log, reader.run(), 1));
      long before = reader.spec().getPartitions(0).getFirstOffset();
      List<Segment> segments = BrokerLog.segments(source);
      assertTrue(steps(segments.subList(0, (int) before)) <= snapshot.getRunSteps());
      assertTrue(steps(segments.subList(0, (int) before + 1)) > snapshot.getRunSteps());
    }
    assertNotEquals(
        learned(log, doubleDqn(source, range)),
        learned(log, doubleDqn(source, new ReadRange(null, null, 0, false))));

    Settings wide = OTHER_RATIO.with(Settings.of(Map.of("network.hidden-sizes", "9")));
    assertRefusal(
        "Learning cannot begin with version %d of run %s (label): its network is "
            .formatted(snapshot.getVersion(), source),
        log,
        reader(source, Algorithm.DOUBLE_DQN, wide, range));
    assertRefusal(
        "Run %s has not kept version 1: the nearest that it kept is %d, and the newest "
            .formatted(source, snapshot.getVersion()),
        log,
        doubleDqn(source, new ReadRange(null, null, 1, false)));
  }

  @Test
  void aTimeIsWhereTheLogTookInWhatCameThen() throws Exception {
    BrokerLog log = newLog();
    String source = source(log);
    List<LoggedSegment> segments = segments(log, source);
    Instant middle = Instant.ofEpochMilli(segments.get(40).appendedAtMillis());
    long first =
        segments.stream()
            .filter(segment -> segment.appendedAtMillis() >= middle.toEpochMilli())
            .findFirst()
            .orElseThrow()
            .offset();
    ReadRange range = new ReadRange(new ExperiencePlace.Time(middle), null, 0, false);
    try (LearnerService reader = log.started(doubleDqn(source, range))) {
      assertEquals(first, reader.spec().getPartitions(0).getFirstOffset());
    }
    ReadRange future =
        new ReadRange(new ExperiencePlace.Time(Instant.now().plusSeconds(3600)), null, 0, false);
    assertRefusal("There is nothing to read of run ", log, doubleDqn(source, future));
  }

  @Test
  void aStartThatWasDeletedIsNamed() throws Exception {
    BrokerLog log = newLog();
    String source = source(log);
    delete(log, 10);
    String where = "%s-0".formatted(log.experience().name());
    assertRefusal(
        "Run %s cannot be read from its start: it begins at offset 0 of %s, and what stood before offset 10 was deleted."
            .formatted(source, where),
        log,
        doubleDqn(source, ReadRange.HELD));
    assertRefusal(
        "Segment 20 of run %s cannot be found: it begins at offset 0 of %s, and what stood before offset 10 was deleted."
            .formatted(source, where),
        log,
        doubleDqn(source, new ReadRange(new ExperiencePlace.Segment(20), null, 0, false)));
    assertRefusal(
        "Run %s cannot be read from 2020-01-01T00:00:00Z on: it begins at offset 0 of %s, and what stood before offset 10 was deleted; the oldest record left is of "
            .formatted(source, where),
        log,
        doubleDqn(source, from(Instant.parse("2020-01-01T00:00:00Z"))));
    Instant left = Instant.ofEpochMilli(segmentAt(log, source, 10).appendedAtMillis());
    try (LearnerService reader = log.started(doubleDqn(source, from(left)))) {
      BrokerLog.await(reader.completion());
      assertEquals(10, reader.spec().getPartitions(0).getFirstOffset());
      assertEquals(0, reader.status().gaps());
    }
  }

  @Test
  void refusesWhatCannotBeLearnedFrom() throws Exception {
    BrokerLog log = newLog();
    String source = source(log);
    assertRefusal(
        "The experience of run %s (label) is of another environment: environment is Test-v0, not Other-v0."
            .formatted(source),
        log,
        new NewReader(
            "",
            source,
            TestRuns.ENVIRONMENT.toBuilder().setId("Other-v0").build(),
            Algorithm.DOUBLE_DQN,
            OTHER_RATIO,
            1,
            ReadRange.HELD,
            ExperienceFilters.NONE));
    assertRefusal(
        "The experience of run %s (label) was made with flow.lanes 8, not 3.".formatted(source),
        log,
        reader(
            source,
            Algorithm.DOUBLE_DQN,
            OTHER_RATIO.with(Settings.of(Map.of("flow.lanes", "3"))),
            ReadRange.HELD));
    assertRefusal(
        "Run %s has no segment 999: the log holds 60 of it, counted from 0.".formatted(source),
        log,
        doubleDqn(source, new ReadRange(new ExperiencePlace.Segment(999), null, 0, false)));
    assertRefusal(
        "There is nothing to read of run %s (label) between offset 7 and offset 7 of partition 0."
            .formatted(source),
        log,
        doubleDqn(
            source,
            new ReadRange(
                new ExperiencePlace.Segment(7), new ExperiencePlace.Segment(7), 0, false)));
    try (LearnerService reader = log.started(doubleDqn(source, ReadRange.HELD))) {
      assertRefusal(
          "Run %s has no experience of its own: it learns from that of run %s, which can be named instead."
              .formatted(reader.run(), source),
          log,
          doubleDqn(reader.run(), ReadRange.HELD));
    }
  }

  /** The id of a run with 60 segments that has ended. */
  private static String source(BrokerLog log) throws Exception {
    try (LearnerService learner = log.started(BrokerLog.newRun())) {
      log.write(BrokerLog.segments(learner.run()));
      BrokerLog.await(learner.completion());
      return learner.run();
    }
  }

  private static NewReader doubleDqn(String source, ReadRange range) {
    return reader(source, Algorithm.DOUBLE_DQN, OTHER_RATIO, range);
  }

  private static NewReader actorCritic(String source, ReadRange range) {
    return reader(source, Algorithm.ACTOR_CRITIC, BATCHES, range);
  }

  private static NewReader reader(
      String source, Algorithm algorithm, Settings settings, ReadRange range) {
    return new NewReader("", source, null, algorithm, settings, 11, range, ExperienceFilters.NONE);
  }

  private static NewReader with(NewReader reader, ExperienceFilters filters) {
    return new NewReader(
        reader.label(),
        reader.source(),
        reader.environment(),
        reader.algorithm(),
        reader.settings(),
        reader.seed(),
        reader.range(),
        filters);
  }

  private static ReadRange from(Instant time) {
    return new ReadRange(new ExperiencePlace.Time(time), null, 0, false);
  }

  /** The last weights of a run that is learned now. */
  private static ByteString learned(BrokerLog log, NewReader reader) throws Exception {
    try (LearnerService learner = log.started(reader)) {
      BrokerLog.await(learner.completion());
      assertTrue(learner.status().updates() > 10);
      return finalWeights(log, learner.run(), 1);
    }
  }

  private static ByteString finalWeights(BrokerLog log, String run, long generation) {
    List<Snapshot> snapshots = log.snapshots(run, generation);
    return snapshots.get(snapshots.size() - 1).getWeights().getSha256();
  }

  private static void assertRefusal(String beginning, BrokerLog log, NewReader reader) {
    try (LearnerService learner = log.learner(reader)) {
      String message =
          String.valueOf(assertThrows(RuntimeException.class, learner::start).getMessage());
      assertTrue(message.startsWith(beginning), message);
    }
  }

  private static List<LoggedSegment> segments(BrokerLog log, String run) {
    return Optional.ofNullable(
            new ExperienceReader(log.connection(), RejectedRecords.LEFT)
                .read(ReadRequest.of(log.connection().topics(), log.run(run).spec()).untilNow())
                .collectList()
                .block(BrokerLog.PATIENCE))
        .orElseThrow();
  }

  private static LoggedSegment segmentAt(BrokerLog log, String run, long offset) {
    ReadRequest left =
        ReadRequest.of(log.experience(), 0, new StartAt.Offset(offset)).ofRun(run).untilNow();
    return Optional.ofNullable(
            new ExperienceReader(log.connection(), RejectedRecords.LEFT)
                .read(left)
                .blockFirst(BrokerLog.PATIENCE))
        .orElseThrow();
  }

  private static void delete(BrokerLog log, long before) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", log.connection().bootstrapServers()))) {
      TopicPartition partition = new TopicPartition(log.experience().name(), 0);
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before))).all().get();
    }
  }

  private static long steps(List<Segment> segments) {
    return segments.stream().mapToLong(Segment::length).sum();
  }

  private BrokerLog newLog() {
    return new BrokerLog(new LogConnection(broker.bootstrapServers(), "log" + logs++, Map.of()));
  }
}
