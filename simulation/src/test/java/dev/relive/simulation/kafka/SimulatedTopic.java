package dev.relive.simulation.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A topic of one partition. */
public final class SimulatedTopic {
  private final String name;

  /** By offset; null where compaction took a record. */
  private final List<@Nullable SimulatedRecord> records = new ArrayList<>();

  /** Before it nothing is open any more. */
  private int stable;

  SimulatedTopic(String name) {
    this.name = name;
  }

  SimulatedRecord append(byte[] key, byte[] value, @Nullable SimulatedTransaction transaction) {
    SimulatedRecord record = new SimulatedRecord(name, records.size(), key, value, transaction);
    records.add(record);
    if (transaction != null) {
      transaction.add(record);
    }
    return record;
  }

  /** Somebody else's record, of no use to anyone here. */
  public void appendForeign() {
    append("another/actor".getBytes(UTF_8), new byte[] {1, 2, 3}, null);
  }

  /** The offset of the next record. */
  public long end() {
    return records.size();
  }

  /** The first offset that readers of committed records do not get yet. */
  public long stableEnd() {
    while (stable < records.size() && !isOpen(records.get(stable))) {
      stable++;
    }
    return stable;
  }

  private static boolean isOpen(@Nullable SimulatedRecord record) {
    return record != null && record.isOpen();
  }

  /** The record at an offset; null where there is none, or compaction took it. */
  public @Nullable SimulatedRecord at(long offset) {
    return offset < records.size() ? records.get((int) offset) : null;
  }

  /** The committed records in {@code [from, to)}, none of them beyond the stable end. */
  public List<SimulatedRecord> committed(long from, long to) {
    List<SimulatedRecord> found = all(from, to);
    found.removeIf(record -> !record.isCommitted());
    return found;
  }

  /** All records in {@code [from, to)}, committed or not. */
  public List<SimulatedRecord> all(long from, long to) {
    List<SimulatedRecord> found = new ArrayList<>();
    for (long offset = from; offset < to; offset++) {
      SimulatedRecord record = at(offset);
      if (record != null) {
        found.add(record);
      }
    }
    return found;
  }

  /** Takes a record away. */
  public void remove(SimulatedRecord record) {
    records.set((int) record.offset(), null);
  }

  /** Takes away what is aborted, and of the committed records all but the newest of each key. */
  public void compact() {
    Map<ByteBuffer, Long> newest = new HashMap<>();
    List<SimulatedRecord> stable = committed(0, stableEnd());
    stable.forEach(record -> newest.put(ByteBuffer.wrap(record.key()), record.offset()));
    for (SimulatedRecord record : stable) {
      if (!newest.containsValue(record.offset())) {
        remove(record);
      }
    }
    records.replaceAll(r -> r != null && !r.isOpen() && !r.isCommitted() ? null : r);
  }
}
