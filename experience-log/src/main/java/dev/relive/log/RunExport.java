package dev.relive.log;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes a run as an archive: its records as they stand in the log, in the order in which an import
 * needs them. What the log holds when it begins is written; of a run that goes on meanwhile that is
 * all which its learner had published, and more of its experience.
 */
public final class RunExport {
  private final LogConnection connection;
  private final TransferListener listener;

  /**
   * What an archive holds of a run.
   *
   * @param progress what its learner had said last; empty before its first word, or where a learner
   *     could not go on from it elsewhere
   * @param leftOut records of the run that no reader can use
   */
  public record Exported(
      RunSpec spec,
      Optional<Progress> progress,
      long segments,
      long snapshots,
      long evaluations,
      long leftOut) {}

  /** Exports from a log whose topics exist. */
  public RunExport(LogConnection connection, TransferListener listener) {
    this.connection = connection;
    this.listener = listener;
  }

  /**
   * Writes a run.
   *
   * @param out the caller's to close
   * @throws LogException if the run has no experience of its own, or not all of it any more
   * @throws IOException if it cannot be written
   */
  public Exported write(Run run, OutputStream out) throws IOException {
    String source = run.spec().getSourceRun();
    if (!source.isEmpty()) {
      throw new LogException(
          "Run %s learns from the experience of run %s and has none of its own: export that one."
              .formatted(run, source));
    }
    try (ArchiveWriter writer = new ArchiveWriter(out)) {
      Exported exported = new OneRun(run.id(), writer).write();
      writer.end();
      return exported;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RejectedRecordException e) {
      throw LogException.during("Exporting run " + run, e);
    }
  }

  private final class OneRun {
    private final StoredRun stored;
    private final ArchiveWriter writer;
    private long segments;
    private long snapshots;
    private long evaluations;

    OneRun(String run, ArchiveWriter writer) {
      this.stored = new StoredRun(connection, run);
      this.writer = writer;
    }

    /** What is read first is never ahead of what is read later. */
    Exported write() throws IOException, RejectedRecordException {
      ArchivedRecord specRecord =
          stored.spec().orElseThrow(() -> new LogException("The run was deleted meanwhile."));
      RunSpec spec = specRecord.message(RecordCodec.RUN_SPEC);
      writer.add(specRecord);
      addIfPresent(stored.state());
      addIfPresent(stored.verdict());
      Optional<Progress> progress = writeLearner(spec);
      writeSegments(spec);
      long newest = progress.map(Progress::getSnapshotVersion).orElse(Long.MAX_VALUE);
      stored.snapshots(found -> addSnapshot(found.value(), newest));
      stored.evaluations(found -> addEvaluation(found.value(), newest));
      return new Exported(
          spec, progress, segments, snapshots, evaluations, stored.rejected().total());
    }

    private void addIfPresent(Optional<ArchivedRecord> record) throws IOException {
      if (record.isPresent()) {
        writer.add(record.get());
      }
    }

    /** A learner's word counts the segments of one partition: only there does it hold elsewhere. */
    private Optional<Progress> writeLearner(RunSpec spec)
        throws IOException, RejectedRecordException {
      Optional<ArchivedRecord> record =
          spec.getPartitionsCount() == 1 ? stored.progress() : Optional.empty();
      if (record.isEmpty()) {
        return Optional.empty();
      }
      Progress progress = record.get().message(RecordCodec.PROGRESS);
      writer.add(record.get());
      if (progress.getCheckpointOrdinal() > 0) {
        for (ArchivedRecord part : stored.checkpoint(progress.getCheckpointOrdinal())) {
          writer.add(part);
        }
      }
      addIfPresent(stored.policy(progress.getPolicyVersion()));
      return Optional.of(progress);
    }

    private void writeSegments(RunSpec spec) {
      for (PartitionRange range : spec.getPartitionsList()) {
        TopicPartition partition =
            new TopicPartition(
                connection.topics().experience(spec.getStream()).name(), range.getPartition());
        long logEnd = PartitionScan.logEnd(connection, partition);
        long end = range.hasEndOffset() ? Math.min(logEnd, range.getEndOffset()) : logEnd;
        long total = end - range.getFirstOffset();
        stored.segments(
            spec,
            range,
            end,
            offset -> listener.transferred(offset - range.getFirstOffset() + 1, total),
            found -> addSegment(found.value()));
      }
    }

    private boolean addSegment(ArchivedRecord record) {
      segments++;
      return add(record);
    }

    /** One that its learner's last word does not know yet would be in the way of the next. */
    private boolean addSnapshot(ArchivedRecord record, long newest) {
      Snapshot snapshot = message(RecordCodec.SNAPSHOT, record);
      if (snapshot.getVersion() > newest) {
        return true;
      }
      snapshots++;
      return add(record);
    }

    private boolean addEvaluation(ArchivedRecord record, long newest) {
      Evaluation evaluation = message(RecordCodec.EVALUATION, record);
      if (evaluation.getVersion() > newest) {
        return true;
      }
      evaluations++;
      return add(record);
    }

    private boolean add(ArchivedRecord record) {
      try {
        writer.add(record);
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static <T extends com.google.protobuf.Message> T message(
        RecordCodec<T> codec, ArchivedRecord record) {
      try {
        return record.message(codec);
      } catch (RejectedRecordException e) {
        throw new IllegalStateException("What was read a moment ago cannot be read.", e);
      }
    }
  }
}
