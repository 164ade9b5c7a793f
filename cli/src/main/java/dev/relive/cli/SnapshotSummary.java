package dev.relive.cli;

import dev.relive.cli.display.Evaluations.Evaluated;
import dev.relive.cli.display.Numbers;
import dev.relive.log.wire.Snapshot;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a snapshot, its weights left out.
 *
 * @param reason why it was kept, in a word
 * @param bytes of its weights
 * @param sha256 of its weights, in hexadecimal
 * @param evaluated what it reached without exploring; null where that is not known
 * @param best whether it is the one of its run to use: the one that solved it, else the best
 */
record SnapshotSummary(
    String run,
    long version,
    long generation,
    long parent,
    long steps,
    long updates,
    String reason,
    long atMicros,
    long bytes,
    String sha256,
    @Nullable Evaluated evaluated,
    boolean best) {

  private static final String NONE = "–";
  private static final int CHECKSUM_LETTERS = 8;
  private static final String[] HEADER = {
    "RUN",
    "VERSION",
    "GENERATION",
    "PARENT",
    "STEPS",
    "UPDATES",
    "REASON",
    "SIZE",
    "SHA-256",
    "MEAN RETURN",
    "",
  };

  static SnapshotSummary of(Snapshot snapshot, @Nullable Evaluated evaluated, boolean best) {
    return new SnapshotSummary(
        snapshot.getRun(),
        snapshot.getVersion(),
        snapshot.getGeneration(),
        snapshot.getParentVersion(),
        snapshot.getRunSteps(),
        snapshot.getUpdates(),
        snapshot.getReason().name().toLowerCase(Locale.ROOT),
        snapshot.getAtMicros(),
        snapshot.getWeights().getSafetensors().size(),
        HexFormat.of().formatHex(snapshot.getWeights().getSha256().toByteArray()),
        evaluated,
        best);
  }

  boolean isFinal() {
    return reason.equals("final");
  }

  /** A line for each snapshot. */
  static String table(List<SnapshotSummary> snapshots) {
    TextTable table = new TextTable().add(HEADER);
    snapshots.forEach(snapshot -> table.add(snapshot.cells()));
    return table.text(0);
  }

  private String[] cells() {
    return new String[] {
      run,
      Long.toString(version),
      Long.toString(generation),
      parent == 0 ? NONE : Long.toString(parent),
      Numbers.count(steps),
      Numbers.count(updates),
      reason,
      Numbers.bytes(bytes),
      sha256.substring(0, Math.min(CHECKSUM_LETTERS, sha256.length())),
      evaluated == null
          ? NONE
          : Numbers.mean(evaluated.mean()) + " ± " + Numbers.mean(evaluated.deviation()),
      best ? "best" : "",
    };
  }

  /** The same by name, for JSON: what there is none of is null. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("run", run);
    json.put("version", version);
    json.put("generation", generation);
    json.put("parent", parent == 0 ? null : parent);
    json.put("steps", steps);
    json.put("updates", updates);
    json.put("reason", reason);
    json.put("at", RunTimes.instant(atMicros).toString());
    json.put("bytes", bytes);
    json.put("sha256", sha256);
    json.put("mean", evaluated == null ? null : evaluated.mean());
    json.put("deviation", evaluated == null ? null : evaluated.deviation());
    json.put("best", best);
    return json;
  }
}
