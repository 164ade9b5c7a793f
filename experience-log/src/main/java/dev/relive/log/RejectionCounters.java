package dev.relive.log;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many records were rejected, by reason; may be read from any thread. */
public final class RejectionCounters {
  private final EnumMap<RejectionReason, LongAdder> counts = new EnumMap<>(RejectionReason.class);

  RejectionCounters() {
    for (RejectionReason reason : RejectionReason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  void add(RejectionReason reason) {
    adder(reason).increment();
  }

  /** Records rejected for one reason. */
  public long count(RejectionReason reason) {
    return adder(reason).sum();
  }

  /** Records rejected. */
  public long total() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Every reason with its count. */
  public Map<RejectionReason, Long> byReason() {
    return counts.entrySet().stream()
        .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }

  private LongAdder adder(RejectionReason reason) {
    LongAdder adder = counts.get(reason);
    if (adder == null) {
      throw new IllegalStateException("Every reason has a counter.");
    }
    return adder;
  }
}
