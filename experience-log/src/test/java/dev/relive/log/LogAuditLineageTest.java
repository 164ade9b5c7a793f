package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Setting;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.Tensors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A run as its learner and its evaluator write it, and every fault planted that what they say may
 * have.
 */
class LogAuditLineageTest {
  private static final String STREAM = "CartPole-v1";

  private final LogConnection connection =
      TestLog.connection(
          topics -> {
            List<Topic> all = new ArrayList<>(topics.shared());
            all.add(topics.experience(STREAM));
            all.add(topics.rejected(STREAM));
            return all;
          });
  private final TopicCatalogue topics = connection.topics();
  private final List<ProducerRecord<byte[], byte[]>> planted = new ArrayList<>();

  /** Six segments, of which the learner has read four and half of the fifth. */
  @BeforeEach
  void writeARun() throws InterruptedException {
    RunSpec spec =
        RunSpec.newBuilder()
            .setRun("run")
            .setStream(STREAM)
            .setEnvironment(ActorScript.environment())
            .addPartitions(PartitionRange.newBuilder().setFirstOffset(0))
            .addSettings(Setting.newBuilder().setName("replay.capacity").setValue("10"))
            .build();
    plant(topics.runs(), "run/spec", RecordCodec.RUN_SPEC.encode(spec));
    ActorScript actor = new ActorScript("run", "left", 0xab);
    for (int episode = 0; episode < 6; episode++) {
      Segment segment = actor.next(0, episode, 0, 10, SegmentEnd.TERMINATED);
      planted.add(TestLog.record(topics.experience(STREAM), segment));
    }
    write();
    try (RunPublisher publisher = RunPublisher.open(connection, "run")) {
      publisher.publish(Publication.of(progress(0, 0, 0, 0)).withPolicy(() -> policy(1)));
      publisher.flush();
      publisher.publish(
          Publication.of(progress(4, 40, 40, 4))
              .withPolicy(() -> policy(2))
              .with(snapshot(2, 0))
              .withCheckpoint(() -> checkpoint("left")));
      publisher.flush();
      publisher.publish(
          Publication.of(progress(4, 45, 45, 4)).withPolicy(() -> policy(3)).with(snapshot(3, 2)));
    }
    plant(evaluation(2, false, 400));
    plant(evaluation(3, false, 480));
    plant(evaluation(3, true, 490));
    plant(evaluation(3, false, 300).toBuilder().setGreedy(false).build());
    plant(verdict(3, 480, 490));
    write();
  }

  private static Progress.Builder progressOf(
      long segments, long steps, long actorSteps, long next) {
    return Progress.newBuilder()
        .setRun("run")
        .setSegments(segments)
        .setRunSteps(steps)
        .setUpdates(steps)
        .setNextSegment(Position.newBuilder().setOffset(segments))
        .addActors(
            ActorProgress.newBuilder()
                .setActor("left")
                .setEpoch(0xab)
                .setNextSequence(next)
                .setSteps(actorSteps));
  }

  private static Progress progress(long segments, long steps, long actorSteps, long next) {
    return progressOf(segments, steps, actorSteps, next).build();
  }

  private static Tensors weights(long version) {
    ByteString bytes = ByteString.copyFromUtf8("weights " + version);
    return Tensors.newBuilder().setSafetensors(bytes).setSha256(bytes).build();
  }

  private static Policy policy(long version) {
    return Policy.newBuilder()
        .setRun("run")
        .setVersion(version)
        .setWeights(weights(version))
        .build();
  }

  private static Snapshot snapshot(long version, long parent) {
    return Snapshot.newBuilder()
        .setRun("run")
        .setVersion(version)
        .setParentVersion(parent)
        .setGeneration(1)
        .setRunSteps(10 * version)
        .setWeights(weights(version))
        .build();
  }

  private static CheckpointState checkpoint(String firstActor) {
    return CheckpointState.newBuilder()
        .setWindowFirstSegment(2)
        .setWindowStart(Position.newBuilder().setOffset(2))
        .setWindowFirst(
            SegmentIdentity.newBuilder().setActor(firstActor).setEpoch(0xab).setSequence(2))
        .build();
  }

  private static Evaluation evaluation(long version, boolean confirmation, double mean) {
    return Evaluation.newBuilder()
        .setRun("run")
        .setVersion(version)
        .setGreedy(true)
        .setConfirmation(confirmation)
        .addReturns(mean - 1)
        .addReturns(mean + 1)
        .build();
  }

  private static RunVerdict verdict(long version, double mean, double confirmed) {
    return RunVerdict.newBuilder()
        .setRun("run")
        .setVersion(version)
        .setMeanReturn(mean)
        .setConfirmedMeanReturn(confirmed)
        .build();
  }

  private void plant(Topic topic, String key, byte[] value) {
    planted.add(TestLog.record(topic, key, value));
  }

  private void plant(Evaluation evaluation) {
    plant(topics.evaluations(), "run", RecordCodec.EVALUATION.encode(evaluation));
  }

  private void plant(RunVerdict verdict) {
    plant(topics.runs(), "run/verdict", RecordCodec.RUN_VERDICT.encode(verdict));
  }

  private void plant(Progress progress) {
    plant(topics.progress(), "run", RecordCodec.PROGRESS.encode(progress));
  }

  private void plant(Snapshot snapshot) {
    int partition = RunPartition.of("run", topics.snapshots().partitions());
    byte[] key = ("run/" + snapshot.getVersion()).getBytes(UTF_8);
    byte[] value = RecordCodec.SNAPSHOT.encode(snapshot);
    planted.add(new ProducerRecord<>(topics.snapshots().name(), partition, key, value));
  }

  private void write() {
    TestLog.write(connection, planted);
    planted.clear();
  }

  private List<String> findings() {
    write();
    return AuditRun.of(connection).sentences();
  }

  @Test
  void findsNothingWrongWithARunThatIsWhole() {
    AuditRun audit = AuditRun.of(connection);

    assertEquals(List.of(), audit.sentences());
    assertEquals(2, audit.report().runs().get(0).snapshots());
    assertEquals(2, audit.report().runs().get(0).evaluations());
  }

  @Test
  void namesWeightsThatContradictOneAnotherOrTheirChecksum() {
    plant(snapshot(3, 2).toBuilder().setGeneration(0).build());
    plant(
        snapshot(7, 3).toBuilder()
            .setWeights(weights(7).toBuilder().setSha256(ByteString.EMPTY))
            .build());
    plant(snapshot(8, 2).toBuilder().setRunSteps(1).build());
    plant(topics.policies(), "run", RecordCodec.POLICY.encode(policy(3)));

    assertEquals(
        List.of(
            "lineage: Policy 3 of run run at offset 6 comes after policy 3.",
            "lineage: Snapshot 3 of run run at offset 4 has the generation 0 after one that makes"
                + " it at least 1.",
            "lineage: Snapshot 3 of run run at offset 4 has the version 3 after one that makes it"
                + " at least 4.",
            "lineage: Snapshot 3 of run run names snapshot 2 as the one before it, and that is 3.",
            "lineage: Snapshot 8 of run run at offset 6 has the run steps 1 after one that makes it"
                + " at least 70.",
            "lineage: Snapshot 8 of run run names snapshot 2 as the one before it, and that is 7.",
            "weights: Snapshot 7 of run run at offset 5 of topic %s: The weights are damaged."
                .formatted(topics.snapshots().name())),
        findings());
  }

  @Test
  void namesProgressThatFallsAndPointsToNothing() {
    Progress newest = newest();
    plant(newest.toBuilder().setOrdinal(4).setRunSteps(44).setGeneration(1).build());
    plant(
        newest.toBuilder()
            .setOrdinal(4)
            .setGeneration(2)
            .setSnapshotVersion(9)
            .setSnapshot(newest.getSnapshot().toBuilder().setOffset(77))
            .build());

    assertEquals(
        List.of(
            "pointer: Progress of run run points to snapshot 9 at offset 77 of partition %d, and it does not stand there."
                .formatted(newest.getSnapshot().getPartition()),
            "progress: Progress 4 of run run at offset 6 has the run steps 44 after one that makes"
                + " it at least 45.",
            "progress: Progress 4 of run run at offset 7 has the ordinal 4 after one that makes it"
                + " at least 5."),
        findings());
  }

  @Test
  void namesCheckpointsFromWhichNobodyCanGoOn() throws InterruptedException {
    Progress newest = newest();
    plant(newest.toBuilder().setOrdinal(4).setCheckpointOrdinal(2).build());
    assertEquals(
        List.of(
            "checkpoint: Checkpoint 2 of run run is not whole in topic %s: its parts [] are there."
                .formatted(topics.checkpoints().name())),
        findings());

    try (RunPublisher publisher = RunPublisher.open(connection, "run")) {
      publisher.publish(
          Publication.of(progress(4, 45, 45, 4)).withCheckpoint(() -> checkpoint("right")));
    }
    assertEquals(
        List.of(
            "checkpoint: Checkpoint 3 of run run goes on from segment 2 of right@ab, and in its"
                + " place stands Segment 2 of run/left@ab/0 at offset 2 of partition 0."),
        findings());
  }

  @Test
  void namesCountsOfWhatWasIngestedThatTheLogContradicts() {
    Progress newest = newest();
    Progress.Builder wrong = newest.toBuilder().setOrdinal(4).setRunSteps(51).clearActors();
    wrong.addActors(
        newest.getActors(0).toBuilder()
            .setNextSequence(3)
            .setSteps(51)
            .setGaps(1)
            .setDuplicates(2));
    plant(wrong.build());

    assertEquals(
        List.of(
            "ingested: Progress 4 of run run has for left@ab a next sequence of 3, and the log 4.",
            "ingested: Progress 4 of run run has for left@ab duplicates of 2, and the log 0.",
            "ingested: Progress 4 of run run has for left@ab gaps of 1, and the log 0.",
            "ingested: Progress 4 of run run has for left@ab steps of 51, and the log 40.",
            "ingested: Progress 4 of run run says that 51 steps were ingested with 4 segments, and"
                + " these have 40."),
        findings());

    plant(wrong.setOrdinal(5).setSegments(7).build());
    assertEquals(
        "ingested: Progress 5 of run run says that 7 segments were ingested, and the log holds 6.",
        findings().get(4));
  }

  @Test
  void namesEvaluationsOfNothingAndVerdictsWithoutThem() {
    plant(evaluation(2, false, 1));
    plant(evaluation(9, false, 1));
    plant(evaluation(10, true, 1));
    plant(verdict(2, 400, 490));

    assertEquals(
        List.of(
            "evaluation: Run run has a confirmation of snapshot 10 without its evaluation.",
            "evaluation: Run run has an evaluation of snapshot 9, which is not in the log.",
            "evaluation: Snapshot 2 of run run is evaluated a second time at offset 4.",
            "verdict: The verdict that snapshot 2 solves run run has no confirmation in the log."),
        findings());
    plant(verdict(3, 480, 500));
    assertEquals(
        "verdict: The verdict that snapshot 3 solves run run states mean returns of 480.0 and"
            + " 500.0, and its evaluations have 480.0 and 490.0.",
        findings().get(3));
  }

  @Test
  void tellsWhatIsNotCommittedAndNamesWhatCannotBeUsedInSharedTopics() {
    plant(topics.evaluations(), "run", new byte[] {1, 2});
    write();
    var producer = connection.transactionalProducer("open", Duration.ofSeconds(20));
    producer.initTransactions();
    producer.beginTransaction();
    var unused =
        producer.send(
            TestLog.record(topics.progress(), "run", RecordCodec.PROGRESS.encode(newest())));
    producer.flush();
    List<String> found = AuditRun.of(connection).sentences();
    producer.abortTransaction();
    producer.close();

    assertEquals(2, found.size());
    assertEquals(
        "uncommitted: What stands in partition 0 of topic %s from offset 6 on is not committed yet, so it was not read."
            .formatted(topics.progress().name()),
        found.get(0));
    assertEquals(
        "unusable-record: The record at offset 4 of partition 0 of topic %s is foreign: "
            .formatted(topics.evaluations().name()),
        found.get(1).replaceAll("foreign: .*", "foreign: "));
  }

  private Progress newest() {
    return new RunReports(connection).read().get(0).progress().orElseThrow();
  }
}
