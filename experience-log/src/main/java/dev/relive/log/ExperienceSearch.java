package dev.relive.log;

import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds places in the experience of a run, and says so where what stood there was deleted. */
public final class ExperienceSearch implements AutoCloseable {
  private final RunSpec run;
  private final TopicPartition partition;
  private final long runStart;
  private final SegmentSelection selection;
  private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
  private final PartitionScan scan;

  /**
   * A search in the log of a run that has experience of its own, in one partition.
   *
   * @throws LogException if the log cannot be read
   */
  public ExperienceSearch(LogConnection connection, RunSpec run) {
    Topic topic = connection.topics().experience(run.getStream());
    if (run.getPartitionsCount() != 1) {
      throw new LogException(
          "Run %s lies in %d partitions, and places are counted in one."
              .formatted(run.getRun(), run.getPartitionsCount()));
    }
    PartitionRange range = run.getPartitions(0);
    this.run = run;
    this.partition = new TopicPartition(topic.name(), range.getPartition());
    this.runStart = range.getFirstOffset();
    this.selection = new SegmentSelection(ReadRequest.of(connection.topics(), run));
    this.consumer = connection.consumer(IsolationLevel.READ_UNCOMMITTED);
    this.scan = new PartitionScan(consumer, partition);
  }

  /**
   * The offset at which the run begins.
   *
   * @throws LogException if what stood there was deleted
   */
  public long start() {
    return reading(
        () -> {
          requireWholeRun("Run %s cannot be read from its start".formatted(run.getRun()));
          return runStart;
        });
  }

  /** The offset after the newest record there is. */
  public long end() {
    return reading(scan::end);
  }

  /**
   * The offset of a place.
   *
   * @throws LogException if what stood there was deleted, or the run does not reach so far
   */
  public long offset(ExperiencePlace place) {
    return reading(
        () -> {
          if (place instanceof ExperiencePlace.Segment segment) {
            return ofSegment(segment.ordinal());
          } else if (place instanceof ExperiencePlace.Time time) {
            return ofTime(time.time());
          } else {
            return afterSteps(((ExperiencePlace.Steps) place).runSteps());
          }
        });
  }

  private long ofSegment(long ordinal) {
    requireWholeRun("Segment %d of run %s cannot be found".formatted(ordinal, run.getRun()));
    long end = scan.end();
    long[] counted = {0};
    long found = find(end, segment -> counted[0]++ == ordinal);
    if (found < 0 && counted[0] < ordinal) {
      throw new LogException(
          "Run %s has no segment %d: the log holds %d of it, counted from 0."
              .formatted(run.getRun(), ordinal, counted[0]));
    }
    return found < 0 ? end : found;
  }

  private long ofTime(Instant time) {
    long begin = scan.begin();
    OffsetAndTimestamp found =
        consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
    if (found == null) {
      return scan.end();
    }
    boolean mayBeDeleted = found.offset() == begin && found.timestamp() > time.toEpochMilli();
    if (begin > runStart && mayBeDeleted) {
      throw deleted(
          "Run %s cannot be read from %s on".formatted(run.getRun(), time),
          begin,
          "; the oldest record left is of " + Instant.ofEpochMilli(found.timestamp()));
    }
    return Math.max(found.offset(), runStart);
  }

  private long afterSteps(long runSteps) {
    requireWholeRun(
        "Where run %s stood after %d steps cannot be found".formatted(run.getRun(), runSteps));
    SequenceTracker tracker = new SequenceTracker(true);
    long end = scan.end();
    long[] steps = {0};
    long found =
        find(
            end,
            segment -> {
              steps[0] += tracker.observe(segment).duplicate() ? 0 : segment.length();
              return steps[0] > runSteps;
            });
    if (found < 0 && steps[0] < runSteps) {
      throw new LogException(
          "Run %s has made no %d steps: the log holds %d of it."
              .formatted(run.getRun(), runSteps, steps[0]));
    }
    return found < 0 ? end : found;
  }

  /** The offset of the run's first segment of which that is true; -1 where there is none. */
  private long find(long end, Predicate<Segment> isWanted) {
    long[] found = {-1};
    scan.readWhile(
        runStart,
        end,
        record -> {
          Segment segment = segment(record);
          if (segment != null && isWanted.test(segment)) {
            found[0] = record.offset();
          }
          return found[0] < 0;
        });
    return found[0];
  }

  private @Nullable Segment segment(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    try {
      return selection.segment(record);
    } catch (RejectedRecordException e) {
      // Has no ordinal; who reads it after the search counts it.
      return null;
    }
  }

  private void requireWholeRun(String consequence) {
    long begin = scan.begin();
    if (begin > runStart) {
      throw deleted(consequence, begin, "");
    }
  }

  private LogException deleted(String consequence, long begin, String more) {
    return new LogException(
        "%s: it begins at offset %d of %s, and what stood before offset %d was deleted%s."
            .formatted(consequence, runStart, partition, begin, more));
  }

  private interface Reading {
    long read();
  }

  private long reading(Reading reading) {
    try {
      return reading.read();
    } catch (KafkaException e) {
      throw LogException.during("Reading " + partition, e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
