package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/** Runs that were learned a while, for moving. */
final class ArchivedRuns {
  static final int SEGMENTS = 40;
  static final int WINDOW_FIRST = 25;
  static final int READ = 35;

  /** What a newer program has written and this one does not know. */
  static final UnknownFieldSet NEWER =
      UnknownFieldSet.newBuilder()
          .addField(
              1_000,
              UnknownFieldSet.Field.newBuilder()
                  .addLengthDelimited(ByteString.copyFromUtf8("newer"))
                  .build())
          .build();

  private static final List<RecordKind> ORDER =
      List.of(
          RecordKind.RUN_SPEC,
          RecordKind.RUN_STATE,
          RecordKind.RUN_VERDICT,
          RecordKind.PROGRESS,
          RecordKind.CHECKPOINT_PART,
          RecordKind.POLICY,
          RecordKind.SEGMENT,
          RecordKind.SNAPSHOT,
          RecordKind.EVALUATION);

  private ArchivedRuns() {}

  static List<Topic> topics(TopicCatalogue topics) {
    List<Topic> all = new ArrayList<>(topics.shared());
    all.add(topics.experience("s"));
    all.add(topics.rejected("s"));
    return all;
  }

  static RunSpec spec(String run, long firstOffset) {
    return RunSpec.newBuilder()
        .setRun(run)
        .setLabel("label")
        .setCreatedAtMicros(1_000_000)
        .setStream("s")
        .setEnvironment(TestSegments.environment())
        .addPartitions(PartitionRange.newBuilder().setFirstOffset(firstOffset))
        .setRetentionMs(-1)
        .setUnknownFields(NEWER)
        .build();
  }

  /** A stopped run with everything that a run can have, behind segments of another. */
  static Run write(LogConnection connection, String run) throws InterruptedException {
    Topic experience = connection.topics().experience("s");
    write(connection, TestSegments.of("other", "actor", 0, 7));
    long first;
    try (LogAdmin admin = LogAdmin.open(connection);
        RunRegistry registry = new RunRegistry(connection)) {
      first = admin.endOffset(experience, 0);
      registry.create(spec(run, first));
      registry.setVerdict(RunVerdict.newBuilder().setRun(run).setVersion(3).build());
    }
    write(connection, TestSegments.of(run, "actor", 0, 20));
    write(connection, TestSegments.of("other", "actor", 7, 10));
    write(connection, TestSegments.of(run, "actor", 20, SEGMENTS));
    publish(connection, run, first);
    writeEvaluations(connection, run);
    try (RunRegistry registry = new RunRegistry(connection)) {
      return registry.find(run);
    }
  }

  static void write(LogConnection connection, List<Segment> segments) {
    try (ExperienceWriter writer =
        ExperienceWriter.open(
            connection, connection.topics().experience("s"), 0, WriterSettings.DEFAULT)) {
      writer.write(Flux.fromIterable(segments)).blockLast();
    }
  }

  /** Offsets of the run's segments here: 20 of them, 3 of another, and the rest. */
  static long offset(long first, long ordinal) {
    return first + ordinal + (ordinal < 20 ? 0 : 3);
  }

  private static void publish(LogConnection connection, String run, long first)
      throws InterruptedException {
    Position next = position(connection, offset(first, READ - 1) + 1);
    Progress progress =
        Progress.newBuilder()
            .setRun(run)
            .setSegments(READ)
            .setRunSteps(8 * READ)
            .setNextSegment(next)
            .setUnknownFields(NEWER)
            .build();
    CheckpointState checkpoint =
        CheckpointState.newBuilder()
            .setWindowFirstSegment(WINDOW_FIRST)
            .setWindowStart(position(connection, offset(first, WINDOW_FIRST)))
            .setWindowFirst(
                CheckpointState.SegmentIdentity.newBuilder()
                    .setActor("actor")
                    .setEpoch(TestSegments.EPOCH)
                    .setSequence(WINDOW_FIRST))
            .setProgressed(
                CheckpointState.Progressed.newBuilder().setSegments(READ).setNextSegment(next))
            .setUnknownFields(NEWER)
            .build();
    try (RunPublisher publisher = RunPublisher.open(connection, run)) {
      publisher.publish(Publication.of(progress).with(snapshot(run, 1)));
      publisher.flush();
      publisher.publish(
          Publication.of(progress)
              .withPolicy(() -> Policy.newBuilder().setRun(run).setVersion(2).build())
              .with(snapshot(run, 3))
              .withCheckpoint(() -> checkpoint)
              .with(
                  RunState.newBuilder()
                      .setRun(run)
                      .setPhase(RunPhase.ACTIVE)
                      .setUnknownFields(NEWER)
                      .build()));
    }
  }

  private static Snapshot snapshot(String run, long version) {
    return Snapshot.newBuilder().setRun(run).setVersion(version).setUnknownFields(NEWER).build();
  }

  private static void writeEvaluations(LogConnection connection, String run) {
    TestLog.write(
        connection,
        List.of(
            TestLog.record(connection.topics().evaluations(), run, evaluation(run, 1)),
            TestLog.record(connection.topics().evaluations(), run, evaluation(run, 3))));
  }

  private static byte[] evaluation(String run, long version) {
    return RecordCodec.EVALUATION.encode(
        Evaluation.newBuilder().setRun(run).setVersion(version).addReturns(9).build());
  }

  static Position position(LogConnection connection, long offset) {
    return Position.newBuilder()
        .setTopic(connection.topics().experience("s").name())
        .setOffset(offset)
        .build();
  }

  /** Records as small as they come, for what an archive does with them. */
  static List<ArchivedRecord> records(int count) {
    List<ArchivedRecord> records = new ArrayList<>();
    records.add(
        new ArchivedRecord(
            RecordKind.RUN_SPEC,
            1_000,
            "run/spec".getBytes(UTF_8),
            RecordCodec.RUN_SPEC.encode(spec("run", 7))));
    for (Segment segment : TestSegments.of("run", "actor", 0, count)) {
      records.add(
          new ArchivedRecord(
              RecordKind.SEGMENT,
              1_001 + segment.sequence(),
              "run/actor".getBytes(UTF_8),
              SegmentCodec.encode(segment)));
    }
    return records;
  }

  /** The same archive with a block for each record, so that it can end anywhere. */
  static byte[] inSmallBlocks(byte[] archive) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ArchiveReader reader = new ArchiveReader("f", new ByteArrayInputStream(archive));
        ArchiveWriter writer = new ArchiveWriter(out)) {
      while (reader.nextRun()) {
        for (RecordKind kind : ORDER) {
          for (ArchivedRecord next = reader.next(kind); next != null; next = reader.next(kind)) {
            writer.add(next);
            writer.writeBlock();
          }
        }
        reader.end();
      }
      writer.end();
    }
    return out.toByteArray();
  }
}
