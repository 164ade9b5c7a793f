package dev.relive.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * A learner's whole state as records of the checkpoints topic: cut into parts that each fit a
 * record, and put together again. The parts of one checkpoint are committed together.
 */
public final class Checkpoints {
  /** The most bytes of the state in a part. */
  static final int LARGEST_PART = 900_000;

  private static final int LARGEST_STATE = Integer.MAX_VALUE - LARGEST_PART;

  private Checkpoints() {}

  /** The parts of a state, in order; at least one. */
  static List<CheckpointPart> split(CheckpointState state) {
    byte[] bytes = state.toByteArray();
    ByteString sha256 = UnsafeByteOperations.unsafeWrap(sha256(bytes));
    int count = Math.max(1, (bytes.length + LARGEST_PART - 1) / LARGEST_PART);
    List<CheckpointPart> parts = new ArrayList<>(count);
    for (int part = 0; part < count; part++) {
      int from = part * LARGEST_PART;
      int size = Math.min(LARGEST_PART, bytes.length - from);
      parts.add(
          CheckpointPart.newBuilder()
              .setRun(state.getRun())
              .setOrdinal(state.getOrdinal())
              .setPart(part)
              .setParts(count)
              .setData(UnsafeByteOperations.unsafeWrap(bytes, from, size))
              .setSha256(sha256)
              .build());
    }
    return parts;
  }

  /**
   * The state that parts are of, in any order.
   *
   * @throws LogException when parts are missing, of different checkpoints, or damaged
   */
  static CheckpointState join(Collection<CheckpointPart> parts) {
    Map<Integer, CheckpointPart> byNumber = new TreeMap<>();
    parts.forEach(part -> byNumber.put(part.getPart(), part));
    if (byNumber.isEmpty()) {
      throw new LogException("A checkpoint has no parts.");
    }
    CheckpointPart first = byNumber.values().iterator().next();
    String name = "Checkpoint %d of run %s".formatted(first.getOrdinal(), first.getRun());
    requireWhole(name, first, byNumber);
    byte[] bytes = concatenate(name, byNumber.values());
    if (!MessageDigest.isEqual(sha256(bytes), first.getSha256().toByteArray())) {
      throw new LogException(name + " is damaged: its SHA-256 is not the one stated with it.");
    }
    try {
      return CheckpointState.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new LogException(name + " cannot be parsed: " + e.getMessage(), e);
    }
  }

  private static void requireWhole(
      String name, CheckpointPart first, Map<Integer, CheckpointPart> byNumber) {
    boolean same =
        byNumber.values().stream()
            .allMatch(
                part ->
                    part.getOrdinal() == first.getOrdinal()
                        && part.getParts() == first.getParts()
                        && part.getRun().equals(first.getRun()));
    if (!same || byNumber.size() != first.getParts() || !byNumber.containsKey(0)) {
      throw new LogException(
          "%s is not whole: it has %d parts, and there are those numbered %s."
              .formatted(name, first.getParts(), byNumber.keySet()));
    }
  }

  private static byte[] concatenate(String name, Collection<CheckpointPart> parts) {
    long size = parts.stream().mapToLong(part -> part.getData().size()).sum();
    if (size > LARGEST_STATE) {
      throw new LogException(
          "%s has %d bytes, and must have at most %d.".formatted(name, size, LARGEST_STATE));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    parts.forEach(part -> part.getData().copyTo(bytes));
    return bytes.array();
  }

  /**
   * The checkpoint that a run's Progress names.
   *
   * @return empty where the run has none yet
   * @throws LogException if it is not in the log, or damaged
   */
  public static Optional<CheckpointState> newest(LogConnection connection, Progress progress) {
    long ordinal = progress.getCheckpointOrdinal();
    if (ordinal == 0) {
      return Optional.empty();
    }
    Topic topic = connection.topics().checkpoints();
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      int partition =
          RunPartition.of(progress.getRun(), consumer.partitionsFor(topic.name()).size());
      PartitionScan scan = new PartitionScan(consumer, new TopicPartition(topic.name(), partition));
      List<CheckpointPart> parts =
          parts(scan, hint(scan, progress.getCheckpoint()), progress.getRun(), ordinal);
      if (parts.isEmpty()) {
        // The hint is of another log: what was copied has other offsets.
        parts = parts(scan, scan.begin(), progress.getRun(), ordinal);
      }
      if (parts.isEmpty()) {
        throw new LogException(
            "Checkpoint %d of run %s is not in topic %s any more."
                .formatted(ordinal, progress.getRun(), topic.name()));
      }
      return Optional.of(join(parts));
    } catch (KafkaException e) {
      throw LogException.during("Reading topic " + topic.name(), e);
    }
  }

  private static long hint(PartitionScan scan, Position position) {
    return Math.min(Math.max(position.getOffset(), scan.begin()), scan.end());
  }

  private static List<CheckpointPart> parts(
      PartitionScan scan, long from, String run, long ordinal) {
    RunRecords<CheckpointPart> records =
        RunRecords.keyedUnderRun(
            run, RecordCodec.CHECKPOINT_PART, CheckpointPart::getRun, new RejectionCounters());
    List<CheckpointPart> parts = new ArrayList<>();
    scan.read(
        from,
        scan.end(),
        record -> {
          CheckpointPart part = records.decode(record);
          if (part != null && part.getOrdinal() == ordinal) {
            parts.add(part);
          }
        });
    return parts;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
