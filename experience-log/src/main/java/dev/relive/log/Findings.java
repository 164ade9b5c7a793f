package dev.relive.log;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Passes on what is found, and counts it. */
final class Findings {
  private final AuditListener listener;
  private final EnumMap<FindingKind, Long> counts = new EnumMap<>(FindingKind.class);
  private final Map<String, Long> failuresByRun = new HashMap<>();

  Findings(AuditListener listener) {
    this.listener = listener;
  }

  void add(FindingKind kind, Finding.Place place, String sentence) {
    counts.merge(kind, 1L, Long::sum);
    if (kind.isFailure() && place.run() != null) {
      failuresByRun.merge(place.run(), 1L, Long::sum);
    }
    listener.found(new Finding(kind, place, sentence));
  }

  Map<FindingKind, Long> counts() {
    return counts;
  }

  long failuresOf(String run) {
    return failuresByRun.getOrDefault(run, 0L);
  }
}
