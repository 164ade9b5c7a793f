package dev.relive.log;

import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of a run as it stands in a log.
 *
 * @param appendedAtMillis when a broker appended it, milliseconds since 1970
 * @param key as in the log
 * @param value as in the log, envelope and all
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by their values' bytes alone.
record ArchivedRecord(RecordKind kind, long appendedAtMillis, byte[] key, byte[] value) {

  /** A copy of what was fetched, which has a key and a value. */
  static ArchivedRecord of(RecordKind kind, ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    return new ArchivedRecord(kind, record.timestamp(), bytes(record.key()), bytes(record.value()));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Whether a record of the same run and kind says the same. */
  boolean hasValueOf(ArchivedRecord other) {
    return Arrays.equals(value, other.value);
  }

  /** The value's message. */
  <T extends Message> T message(RecordCodec<T> codec) throws RejectedRecordException {
    return codec.decode(ByteBuffer.wrap(value));
  }
}
