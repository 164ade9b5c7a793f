package dev.relive.log;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Where segments go.
 *
 * @param largestRecord the most bytes that the topic takes as one record
 */
record SegmentTarget(String topic, int partition, int largestRecord) {
  /** What Kafka adds to a record and its batch, at most, beside key and value. */
  private static final int FRAME = 128;

  /**
   * A segment as a record.
   *
   * @throws LogException if it is too large
   */
  ProducerRecord<byte[], byte[]> record(byte[] key, Segment segment) {
    byte[] value = SegmentCodec.encode(segment);
    long size = (long) key.length + value.length + FRAME;
    if (size > largestRecord) {
      throw new LogException(
          ("Segment %d of %s has %d bytes with %d transitions, and topic %s takes records of at"
                  + " most %d bytes: choose a smaller segment length.")
              .formatted(
                  segment.sequence(),
                  segment.lane(),
                  size,
                  segment.length(),
                  topic,
                  largestRecord));
    }
    return new ProducerRecord<>(topic, partition, key, value);
  }
}
