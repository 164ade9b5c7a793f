package dev.relive.log;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What becomes of records that no reader can use, beside being counted. */
public interface RejectedRecords {
  /** Leaves them where they are. */
  RejectedRecords LEFT = (record, rejection) -> {};

  /** Takes note of one; must copy what it keeps. */
  void add(ConsumerRecord<ByteBuffer, ByteBuffer> record, RejectedRecordException rejection);
}
