package dev.relive.log;

import dev.relive.log.RunReports.RunReport;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * From where on a run needs the experience of its stream.
 *
 * @param from the offset of the first record that it needs
 * @param reason completes "it needs its experience from there on:"
 */
public record RunNeed(Run run, int partition, long from, String reason) {

  /** What a run that can be gone on with needs, one for each of its partitions. */
  static List<RunNeed> of(LogConnection connection, RunReport report) {
    Run run = report.run();
    return run.spec().getPartitionsList().stream()
        .map(range -> of(connection, run, report.progress(), range))
        .toList();
  }

  private static RunNeed of(
      LogConnection connection, Run run, Optional<Progress> progress, PartitionRange range) {
    String source = run.spec().getSourceRun();
    if (!source.isEmpty()) {
      return fromStart(run, range, "it reads the experience of run " + source);
    }
    if (progress.isEmpty() || progress.get().getCheckpointOrdinal() == 0) {
      return fromStart(run, range, "it has no checkpoint");
    }
    return fromCheckpoint(connection, run, progress.get(), range);
  }

  private static RunNeed fromStart(Run run, PartitionRange range, String reason) {
    return new RunNeed(run, range.getPartition(), range.getFirstOffset(), reason);
  }

  /** Where its learner would begin, see {@link ReadRequest#from}. */
  private static RunNeed fromCheckpoint(
      LogConnection connection, Run run, Progress progress, PartitionRange range) {
    CheckpointState checkpoint;
    long from;
    try {
      checkpoint = Checkpoints.newest(connection, progress).orElseThrow();
      if (!checkpoint.hasWindowFirst()) {
        return fromStart(run, range, "its checkpoint was made before it read any");
      }
      from = windowStart(connection, run.spec(), checkpoint, range);
    } catch (LogException e) {
      // Nobody can go on with it as it is; nothing more of it goes than its user decides.
      return fromStart(run, range, "its checkpoint cannot be used (" + e.getMessage() + ")");
    }
    return new RunNeed(
        run,
        range.getPartition(),
        from,
        "the replay of its checkpoint %d begins there".formatted(checkpoint.getOrdinal()));
  }

  private static long windowStart(
      LogConnection connection, RunSpec spec, CheckpointState checkpoint, PartitionRange range) {
    ReadRequest request =
        ReadRequest.of(connection.topics(), spec)
            .from(
                checkpoint.getWindowFirstSegment(),
                checkpoint.getWindowStart(),
                checkpoint.getWindowFirst());
    TopicPartition partition = new TopicPartition(request.topic().name(), range.getPartition());
    StartAt.Segment start = (StartAt.Segment) request.slices().get(0).start();
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_UNCOMMITTED)) {
      PartitionScan scan = new PartitionScan(consumer, partition);
      return new SegmentSearch(request, new SegmentSelection(request), partition, start)
          .offset(scan, scan.begin(), scan.end());
    } catch (KafkaException e) {
      throw LogException.during("Reading " + partition, e);
    }
  }

  /** The need that comes first in a partition. */
  static Optional<RunNeed> first(List<RunNeed> needs, int partition) {
    return needs.stream()
        .filter(need -> need.partition() == partition)
        .min(Comparator.comparingLong(RunNeed::from));
  }

  /** The offset behind what a run's learner has read of its experience; 0 where it has none. */
  static long behind(RunReport report, int partition) {
    Optional<Position> next =
        report.progress().filter(Progress::hasNextSegment).map(Progress::getNextSegment);
    if (next.isPresent() && next.get().getPartition() == partition) {
      return next.get().getOffset();
    }
    return report.run().spec().getPartitionsList().stream()
        .filter(range -> range.getPartition() == partition)
        .mapToLong(PartitionRange::getFirstOffset)
        .findFirst()
        .orElse(0);
  }
}
