package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingLong;

import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs that the records of the runs topic add up to. */
final class RunTable {
  private final Map<String, Parts> byId = new HashMap<>();
  private final RejectionCounters rejected;

  RunTable(RejectionCounters rejected) {
    this.rejected = rejected;
  }

  private static final class Parts {
    private @Nullable RunSpec spec;
    private @Nullable RunState state;
    private @Nullable RunVerdict verdict;
  }

  /** Takes the next record; one that cannot be used is counted and changes nothing. */
  void apply(@Nullable ByteBuffer key, @Nullable ByteBuffer value) {
    try {
      take(key, value);
    } catch (RejectedRecordException e) {
      rejected.add(e.reason());
    }
  }

  /**
   * Takes the next record.
   *
   * @throws RejectedRecordException if it cannot be used; then it changes nothing
   */
  void take(@Nullable ByteBuffer key, @Nullable ByteBuffer value) throws RejectedRecordException {
    String name = key == null ? "" : UTF_8.decode(key.duplicate()).toString();
    int slash = name.lastIndexOf('/');
    apply(
        slash < 0 ? "" : name.substring(0, slash),
        slash < 0 ? "" : name.substring(slash + 1),
        value);
  }

  private void apply(String id, String part, @Nullable ByteBuffer value)
      throws RejectedRecordException {
    // A record without a value is Kafka's way to say that the key is gone.
    switch (part) {
      case "spec" -> {
        RunSpec spec = value == null ? null : RecordCodec.RUN_SPEC.decode(value);
        requireSameRun(id, spec == null ? id : spec.getRun());
        parts(id).spec = spec;
      }
      case "state" -> {
        RunState state = value == null ? null : RecordCodec.RUN_STATE.decode(value);
        requireSameRun(id, state == null ? id : state.getRun());
        parts(id).state = state;
      }
      case "verdict" -> {
        RunVerdict verdict = value == null ? null : RecordCodec.RUN_VERDICT.decode(value);
        requireSameRun(id, verdict == null ? id : verdict.getRun());
        parts(id).verdict = verdict;
      }
      default ->
          throw new RejectedRecordException(
              RejectionReason.FOREIGN, "The key is not run/spec, run/state or run/verdict.");
    }
  }

  private static void requireSameRun(String key, String value) throws RejectedRecordException {
    if (!key.equals(value)) {
      throw new RejectedRecordException(
          RejectionReason.INVALID, "The record of run " + value + " has the key of " + key + ".");
    }
  }

  private Parts parts(String id) {
    return byId.computeIfAbsent(id, key -> new Parts());
  }

  /** The runs that have a spec, oldest first. */
  List<Run> runs() {
    return byId.values().stream()
        .filter(parts -> parts.spec != null)
        .map(RunTable::run)
        .sorted(comparingLong(run -> run.spec().getCreatedAtMicros()))
        .toList();
  }

  /** The runs of which there is something, but no spec. */
  Set<String> withoutSpec() {
    Set<String> ids = new HashSet<>();
    byId.forEach(
        (id, parts) -> {
          if (parts.spec == null && (parts.state != null || parts.verdict != null)) {
            ids.add(id);
          }
        });
    return ids;
  }

  private static Run run(Parts parts) {
    if (parts.spec == null) {
      throw new IllegalStateException("A run without spec was not filtered out.");
    }
    return new Run(parts.spec, parts.state, parts.verdict);
  }
}
