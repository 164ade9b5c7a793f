package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The records of one run and one kind in a topic that many runs share. */
final class RunRecords<T extends Message> {
  private final String run;
  private final byte[] key;
  private final boolean exactKey;
  private final RecordCodec<T> codec;
  private final Function<T, String> runOf;
  private final RejectionCounters rejected;

  private RunRecords(
      String run,
      String key,
      boolean exactKey,
      RecordCodec<T> codec,
      Function<T, String> runOf,
      RejectionCounters rejected) {
    this.run = run;
    this.key = key.getBytes(UTF_8);
    this.exactKey = exactKey;
    this.codec = codec;
    this.runOf = runOf;
    this.rejected = rejected;
  }

  /** Records with the key {@code run}. */
  static <T extends Message> RunRecords<T> keyedByRun(
      String run, RecordCodec<T> codec, Function<T, String> runOf, RejectionCounters rejected) {
    return keyed(run, run, codec, runOf, rejected);
  }

  /** Records with one key. */
  static <T extends Message> RunRecords<T> keyed(
      String run,
      String key,
      RecordCodec<T> codec,
      Function<T, String> runOf,
      RejectionCounters rejected) {
    return new RunRecords<>(run, key, true, codec, runOf, rejected);
  }

  /** Records with keys {@code run/…}. */
  static <T extends Message> RunRecords<T> keyedUnderRun(
      String run, RecordCodec<T> codec, Function<T, String> runOf, RejectionCounters rejected) {
    return new RunRecords<>(run, run + "/", false, codec, runOf, rejected);
  }

  String run() {
    return run;
  }

  /**
   * The newest of the records before {@code end}; empty where there is none, or where the newest
   * says that they were deleted.
   */
  Optional<Found<T>> newest(PartitionScan scan, long end) {
    return scan.newest(end, this::said)
        .filter(found -> !found.value().isEmpty())
        .map(found -> new Found<>(found.offset(), found.value().get(0)));
  }

  /** The record's message, none where it is a deletion; null where it is nothing of ours. */
  private @Nullable List<T> said(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    if (isDeletion(record)) {
      return List.of();
    }
    T message = decode(record);
    return message == null ? null : List.of(message);
  }

  /** Whether the record says, as Kafka does it, that those before it under its key are gone. */
  boolean isDeletion(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    return record.key() != null && record.value() == null && isOurs(record.key());
  }

  /** The record's message; null where it is another run's, or cannot be used and is counted. */
  @Nullable T decode(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    if (record.key() == null || record.value() == null || !isOurs(record.key())) {
      return null;
    }
    try {
      T message = codec.decode(record.value());
      if (runOf.apply(message).equals(run)) {
        return message;
      }
      rejected.add(RejectionReason.INVALID);
    } catch (RejectedRecordException e) {
      rejected.add(e.reason());
    }
    return null;
  }

  private boolean isOurs(ByteBuffer recordKey) {
    return (!exactKey || recordKey.remaining() == key.length)
        && SegmentKey.startsWith(recordKey, key);
  }
}
