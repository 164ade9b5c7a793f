package dev.relive.log;

import static dev.relive.log.SegmentEnd.ABANDONED;
import static dev.relive.log.SegmentEnd.CONTINUES;
import static dev.relive.log.SegmentEnd.TERMINATED;
import static dev.relive.log.SegmentEnd.TRUNCATED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.AuditReport.RunAccount;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** Every fault that the experience of a log may have is planted and must be named. */
class LogAuditExperienceTest {
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
  private final Topic experience = topics.experience(STREAM);
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

  private ActorScript actor(String name) {
    return new ActorScript("run", name, 0xab);
  }

  private void add(Segment segment) {
    records.add(TestLog.record(experience, segment));
  }

  private void writeSpec(String run, long firstOffset) {
    writeProgress(run);
    RunSpec spec =
        RunSpec.newBuilder()
            .setRun(run)
            .setStream(STREAM)
            .setCreatedAtMicros(records.size())
            .setEnvironment(ActorScript.environment())
            .addPartitions(PartitionRange.newBuilder().setFirstOffset(firstOffset))
            .build();
    records.add(TestLog.record(topics.runs(), run + "/spec", RecordCodec.RUN_SPEC.encode(spec)));
  }

  private void writeProgress(String run) {
    Progress progress = Progress.newBuilder().setRun(run).setPolicyVersion(5).build();
    records.add(TestLog.record(topics.progress(), run, RecordCodec.PROGRESS.encode(progress)));
  }

  private AuditRun audit() {
    TestLog.write(connection, records);
    records.clear();
    return AuditRun.of(connection);
  }

  /** Two lanes over the ends of episodes, all in order. */
  private void addWhole(ActorScript actor) {
    add(actor.next(0, 0, 0, 3, CONTINUES));
    add(actor.next(1, 0, 0, 3, CONTINUES));
    add(actor.next(0, 0, 3, 2, TERMINATED));
    actor.version = 2;
    add(actor.next(1, 0, 3, 4, TRUNCATED));
    add(actor.next(0, 1, 0, 1, CONTINUES));
    add(actor.next(0, 1, 1, 0, ABANDONED));
  }

  @Test
  void findsNothingWhereNothingIs() {
    AuditRun audit = AuditRun.of(TestLog.connection());

    assertEquals(List.of(), audit.findings());
    assertTrue(audit.report().holds());
  }

  @Test
  void countsAWholeRunAndFindsNothing() {
    writeSpec("run", 0);
    addWhole(actor("left"));
    addWhole(actor("right"));
    addWhole(new ActorScript("run", "left", 0xac));

    AuditRun audit = audit();

    assertEquals(List.of(deletedPolicy("run")), audit.sentences());
    RunAccount run = audit.report().runs().get(0);
    assertEquals(new RunAccount(run.run(), 18, 39, 3, 0, 0, 0, 0, 0, 0, 0), run);
    assertTrue(audit.report().holds());
  }

  /** The helper's Progress names a policy that no test writes. */
  private static String deletedPolicy(String run) {
    return "deleted: Progress of run %s points to policy 5, and no policy so new is in the log: policies are deleted after a time."
        .formatted(run);
  }

  @Test
  void namesWhatActorsLeftOutRepeatedOrContradict() {
    writeSpec("run", 0);
    ActorScript gap = actor("gap");
    add(gap.next(0, 0, 0, 2, CONTINUES));
    var unused = gap.next(0, 0, 2, 2, CONTINUES);
    unused = gap.next(0, 0, 4, 2, CONTINUES);
    add(gap.next(0, 0, 6, 2, TERMINATED));
    ActorScript late = actor("late");
    unused = late.next(0, 0, 0, 2, TERMINATED);
    add(late.next(0, 1, 0, 2, TERMINATED));
    ActorScript twice = actor("twice");
    Segment repeated = twice.next(0, 0, 0, 2, CONTINUES);
    add(repeated);
    add(repeated);
    add(twice.next(0, 0, 2, 2, TERMINATED));
    ActorScript broken = actor("broken");
    add(broken.next(0, 0, 0, 2, CONTINUES));
    add(broken.next(0, 0, 5, 2, TERMINATED));
    add(broken.next(0, 2, 0, 2, TERMINATED));
    ActorScript steps = actor("steps");
    add(steps.next(0, 0, 0, 2, TERMINATED));
    steps.steps += 7;
    add(steps.next(0, 1, 0, 2, TERMINATED));
    add(steps.next(0, 2, 0, 2, TERMINATED));
    ActorScript seen = actor("seen");
    add(seen.next(3, 0, 0, 2, CONTINUES));
    seen.observationShift = 1e-30f;
    add(seen.next(3, 0, 2, 2, TERMINATED));
    ActorScript old = actor("old");
    old.version = 4;
    add(old.next(0, 0, 0, 2, TERMINATED));
    old.version = 3;
    add(old.next(0, 1, 0, 2, TERMINATED));
    add(old.next(1, 0, 0, 2, TERMINATED));
    ActorScript unknown = actor("unknown");
    unknown.version = 6;
    add(unknown.next(0, 0, 0, 2, TERMINATED));

    AuditRun audit = audit();

    assertEquals(
        List.of(
            "actor-steps: Segment 1 of run/steps@ab/0 at offset 10 of partition 0 counts 11 steps"
                + " of its actor, and its segments have 4 up to there.",
            "broken-lane: Segment 1 of run/broken@ab/0 at offset 7 of partition 0 begins at episode"
                + " 0, step 5, and its lane stands at episode 0, step 2.",
            "broken-lane: Segment 2 of run/broken@ab/0 at offset 8 of partition 0 begins at episode"
                + " 2, step 0, and its lane stands at episode 1, step 0.",
            deletedPolicy("run"),
            "duplicate: Segment 0 of run/twice@ab/0 at offset 4 of partition 0 has been there"
                + " before.",
            "gap: Segment 0 of run/late@ab is missing before offset 2 of partition 0.",
            "gap: Segments 1 to 2 of run/gap@ab are missing before offset 1 of partition 0.",
            "observation: Segment 1 of run/seen@ab/3 at offset 13 of partition 0 does not begin"
                + " with the observation with which the one before it ends.",
            "policy-version: Segment 0 of run/unknown@ab acts by policy version 6, and run run has"
                + " published none after 5.",
            "policy-version: Segment 1 of run/old@ab/0 at offset 15 of partition 0 acts by policy"
                + " version 3 after a newer one, 4."),
        audit.sentences());
    RunAccount run = audit.report().runs().get(0);
    assertEquals(3, run.gaps());
    assertEquals(1, run.duplicates());
    assertEquals(9, run.failures());
    assertFalse(audit.report().holds());
    Finding duplicate =
        audit.findings().stream()
            .filter(finding -> finding.kind() == FindingKind.DUPLICATE)
            .findFirst()
            .orElseThrow();
    assertEquals(
        new Finding.Place("run", "twice", 0xabL, 0, 0L, experience.name(), 0, 4L),
        duplicate.place());
  }

  @Test
  void tellsWhatAKillMayLeave() {
    writeSpec("run", 0);
    ActorScript killed = actor("killed");
    add(killed.next(0, 0, 0, 2, CONTINUES));
    add(killed.next(1, 0, 0, 2, TERMINATED));
    addWhole(new ActorScript("run", "killed", 0xac));

    AuditRun audit = audit();

    assertEquals(
        List.of(
            deletedPolicy("run"),
            "open-epoch: run/killed@ab ends with segment 1 and 1 of its 2 lanes in mid-episode: its"
                + " process was killed, or still runs."),
        audit.sentences());
    assertTrue(audit.report().holds());
    assertEquals(1, audit.report().runs().get(0).openEpochs());
  }

  @Test
  void namesRecordsThatNobodyCanUseAndSegmentsThatBelongNowhere() {
    writeSpec("run", 1);
    add(actor("early").next(0, 0, 0, 2, TERMINATED));
    records.add(TestLog.record(experience, "run/left", new byte[] {1, 2, 3}));
    byte[] damaged = SegmentCodec.encode(actor("left").next(0, 0, 0, 2, TERMINATED));
    damaged[damaged.length / 2] ^= 4;
    records.add(TestLog.record(experience, "run/left", damaged));
    records.add(
        TestLog.record(
            experience,
            "other/left",
            SegmentCodec.encode(actor("left").next(0, 0, 0, 2, TERMINATED))));
    ActorScript left = actor("left");
    Segment fits = left.next(0, 0, 0, 2, CONTINUES);
    add(fits);
    add(wide(left.next(0, 0, 2, 1, CONTINUES)));
    add(new ActorScript("nobody", "left", 1).next(0, 0, 0, 2, TERMINATED));
    add(new ActorScript("lost", "left", 1).next(0, 0, 0, 2, TERMINATED));
    writeProgress("lost");

    AuditRun audit = audit();

    assertEquals(
        List.of(
            deletedPolicy("run"),
            "deleted: Run nobody has 1 segments, the first at offset 6 of partition 0, and no spec"
                + " in the log: it was deleted.",
            "open-epoch: run/left@ab ends with segment 0 and 1 of its 1 lanes in mid-episode: its"
                + " process was killed, or still runs.",
            "outside-run: Segment 0 of run/early@ab/0 at offset 0 of partition 0 stands outside its"
                + " run, which begins at offset 1 of partition 0.",
            "unknown-run: Run lost has 1 segments, the first at offset 7 of partition 0, and no"
                + " spec in the log: that is lost, since others of its records are there.",
            "unusable-record: Segment 1 of run/left@ab/0 at offset 5 of partition 0 is of no use: A"
                + " segment has observations of shape [2] where the environment's are [4].",
            "unusable-record: The record at offset 1 of partition 0 of topic %s is foreign: %s"
                .formatted(experience.name(), fault(new byte[] {1, 2, 3})),
            "unusable-record: The record at offset 2 of partition 0 of topic %s is corrupt: %s"
                .formatted(experience.name(), fault(damaged)),
            "unusable-record: The record at offset 3 of partition 0 of topic %s is invalid: The segment of run/left@ab/0 stands under the key of another run or actor."
                .formatted(experience.name())),
        audit.sentences());
    assertEquals(
        Map.of(
            RejectionReason.FOREIGN, 1L,
            RejectionReason.CORRUPT, 1L,
            RejectionReason.INVALID, 2L),
        audit.report().rejected());
    assertEquals(1, audit.report().runs().get(0).misfits());
  }

  private static String fault(byte[] value) {
    return String.valueOf(
        assertThrows(
                RejectedRecordException.class, () -> SegmentCodec.decode(ByteBuffer.wrap(value)))
            .getMessage());
  }

  /** The same with observations of two numbers. */
  private static Segment wide(Segment s) {
    return new Segment(
        s.lane(),
        s.sequence(),
        s.episode(),
        s.firstStep(),
        s.length(),
        s.end(),
        s.policyVersions(),
        s.actorSteps(),
        s.startedAtMicros(),
        s.endedAtMicros(),
        Columns.float32(Columns.shape(2), 2, 1, 2, 3, 4),
        s.actions(),
        s.rewards(),
        null);
  }

  @Test
  void followsEveryCopyOfARejectedRecordToItsSource() {
    writeSpec("run", 0);
    records.add(TestLog.record(experience, "run/left", new byte[] {1}));
    records.add(TestLog.record(experience, "run/left", new byte[] {2}));
    add(actor("left").next(0, 0, 0, 2, TERMINATED));
    addCopy(experience.name() + "/0/0", new byte[] {1});
    addCopy(experience.name() + "/0/1", new byte[] {3});
    addCopy(experience.name() + "/0/2", new byte[] {4});
    addCopy(experience.name() + "/0/2", new byte[] {4});
    addCopy("elsewhere/0/2", new byte[] {4});

    AuditRun audit = audit();

    String copies = topics.rejected(STREAM).name();
    assertEquals(
        List.of(
            "The copy at offset 1 of topic %s has other bytes than its source, offset 1 of"
                + " partition 0.",
            "The copy at offset 2 of topic %s names offset 2 of partition 0 as its source, where no"
                + " such record stands.",
            "The copy at offset 3 of topic %s of "
                + experience.name()
                + "/0/2 comes after the same reader's of offset 2.",
            "The copy at offset 4 of topic %s names no source in topic "
                + experience.name()
                + ": its key is 'elsewhere/0/2'."),
        audit.sentences().stream()
            .filter(sentence -> sentence.startsWith("rejected-copy: "))
            .map(sentence -> sentence.substring("rejected-copy: ".length()).replace(copies, "%s"))
            .toList());
    assertEquals(Map.of(RejectionReason.FOREIGN, 5L), audit.report().copies());
  }

  private void addCopy(String key, byte[] value) {
    ProducerRecord<byte[], byte[]> copy = TestLog.record(topics.rejected(STREAM), key, value);
    copy.headers().add(new RecordHeader(RejectedTopic.REASON, "foreign".getBytes(UTF_8)));
    copy.headers().add(new RecordHeader(RejectedTopic.READER, "run".getBytes(UTF_8)));
    records.add(copy);
  }

  @Test
  void findsAcknowledgedSegmentsInTheLogOrNamesThem() throws IOException {
    writeSpec("run", 0);
    ActorScript left = actor("left");
    List<String> lines = new ArrayList<>();
    for (int episode = 0; episode < 9; episode++) {
      Segment segment = left.next(0, episode, 0, 1, TERMINATED);
      lines.add(0, AcknowledgedSegments.line(segment.lane(), segment.sequence()));
      if (episode < 4 || episode == 6) {
        add(segment);
      }
    }
    lines.add("run left ffffffffffffffff 3");
    assertEquals("run left ab 8", lines.get(0));
    TestLog.write(connection, records);

    AuditRun audit =
        AuditRun.of(
            connection,
            null,
            "run",
            AcknowledgedSegments.read(
                new BufferedReader(new StringReader(String.join("\n", lines)))));

    assertEquals(
        List.of(
            "lost: Segment 3 of run/left@ffffffffffffffff was acknowledged and is not in the log.",
            "lost: Segments 4 to 5 of run/left@ab were acknowledged and are not in the log.",
            "lost: Segments 7 to 8 of run/left@ab were acknowledged and are not in the log."),
        audit.sentences().stream().filter(sentence -> sentence.startsWith("lost")).toList());
    assertEquals(10, audit.report().acknowledged());
    assertEquals(5, audit.report().lost());
  }

  @Test
  void tellsThatABeginningWasDeletedAndTakesTheRestAsItComes() throws Exception {
    writeSpec("run", 0);
    ActorScript left = actor("left");
    for (int step = 0; step < 5; step++) {
      add(left.next(0, 0, step, 1, step == 4 ? TERMINATED : CONTINUES));
    }
    TestLog.write(connection, records);
    TopicPartition partition = new TopicPartition(experience.name(), 0);
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.client().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(3))).all().get();
    }

    AuditRun audit =
        AuditRun.of(
            connection,
            null,
            null,
            AcknowledgedSegments.read(
                new BufferedReader(new StringReader("run left ab 2\nrun left ab 3"))));

    assertEquals(
        List.of(
            deletedPolicy("run"),
            "deleted: Run run begins at offset 0 of partition 0, and what stood there before offset"
                + " 3 was deleted.",
            "not-proven: Segment 2 of run/left@ab was acknowledged and is not in the log, whose"
                + " beginning was deleted.",
            "not-proven: What run run says that it has ingested cannot be counted again: its"
                + " beginning was deleted."),
        audit.sentences());
    assertTrue(audit.report().holds());
    assertEquals(2, audit.report().runs().get(0).segments());
  }

  @Test
  void refusesLinesThatNameNoSegment() {
    LogException refused =
        assertThrows(
            LogException.class,
            () ->
                AcknowledgedSegments.read(
                    new BufferedReader(new StringReader("run left ab 1\nrun left xyz 2\n"))));

    assertEquals(
        "Line 2 of the acknowledged segments is 'run left xyz 2', and must be RUN ACTOR EPOCH"
            + " SEQUENCE with the epoch in hexadecimal.",
        refused.getMessage());
  }

  @Test
  void auditsOneRunAlone() {
    writeSpec("run", 0);
    writeSpec("second", 0);
    add(actor("left").next(0, 0, 0, 2, TERMINATED));
    add(actor("left").next(0, 0, 0, 2, TERMINATED));
    add(new ActorScript("second", "left", 1).next(0, 0, 0, 2, TERMINATED));
    TestLog.write(connection, records);

    AuditRun second = AuditRun.of(connection, STREAM, "second", null);

    assertEquals(List.of(deletedPolicy("second")), second.sentences());
    assertEquals(1, second.report().runs().size());
    assertEquals(
        "There is no run 'third': the log holds run CREATED, second CREATED.",
        assertThrows(LogException.class, () -> AuditRun.of(connection, null, "third", null))
            .getMessage());
    assertEquals(
        "There is no stream 'Pong': the log holds CartPole-v1.",
        assertThrows(LogException.class, () -> AuditRun.of(connection, "Pong", null, null))
            .getMessage());
    assertNull(second.findings().get(0).place().actor());
  }
}
