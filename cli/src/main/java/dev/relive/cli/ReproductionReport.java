package dev.relive.cli;

import static java.util.Objects.requireNonNullElse;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.relive.cli.display.Numbers;
import dev.relive.learner.DerivedSnapshot;
import dev.relive.learner.Reproduction;
import dev.relive.log.Run;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of deriving a run again, for people and for programs. */
final class ReproductionReport {

  private static final Gson JSON = new GsonBuilder().serializeNulls().setPrettyPrinting().create();
  private static final int SHOWN_DIGITS = 16;
  private static final String NONE = "–";

  private ReproductionReport() {}

  /** A table of the snapshots and a verdict. */
  static String text(Run run, Reproduction reproduction, Duration elapsed) {
    TextTable table =
        new TextTable()
            .add("VERSION", "GENERATION", "STEP", "UPDATES", "RECORDED", "DERIVED", "SAME");
    reproduction.snapshots().forEach(snapshot -> table.add(cells(snapshot)));
    StringBuilder text = new StringBuilder("%s%n%n%s%n".formatted(run, table.text(2)));
    reproduction.notes().forEach(note -> text.append(note).append('\n'));
    if (reproduction.rejected() > 0) {
      text.append(
          "%s records of the log could not be used.%n"
              .formatted(Numbers.count(reproduction.rejected())));
    }
    return text.append(verdict(reproduction))
        .append(
            " Derived %s steps of %s segments in %s.%n"
                .formatted(
                    Numbers.count(reproduction.steps()),
                    Numbers.count(reproduction.segments()),
                    Numbers.seconds(elapsed)))
        .toString();
  }

  private static String[] cells(DerivedSnapshot snapshot) {
    boolean kept = snapshot.recorded() != null;
    return new String[] {
      kept ? Long.toString(snapshot.version()) : NONE,
      kept ? Long.toString(snapshot.generation()) : NONE,
      Numbers.count(snapshot.runSteps()),
      Numbers.count(snapshot.updates()),
      shown(snapshot.recorded()),
      shown(snapshot.derived()),
      snapshot.isSame() ? "yes" : "NO",
    };
  }

  private static String shown(@Nullable String sha256) {
    String digits = requireNonNullElse(sha256, NONE);
    return digits.isEmpty()
        ? "damaged"
        : digits.substring(0, Math.min(SHOWN_DIGITS, digits.length()));
  }

  private static String verdict(Reproduction reproduction) {
    int all = reproduction.snapshots().size();
    return reproduction
        .firstDiffering()
        .map(
            first ->
                "%s of %s snapshots are not what the log leads to, the first at step %s."
                    .formatted(
                        Numbers.count(reproduction.differing()),
                        Numbers.count(all),
                        Numbers.count(first.runSteps())))
        .orElseGet(
            () ->
                "Reproduced: all %s snapshots follow from the log to the last bit."
                    .formatted(Numbers.count(all)));
  }

  /** One object; a checksum that there is none of is null. */
  static String json(Reproduction reproduction) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", reproduction.run());
    json.put("same", reproduction.isSame());
    json.put("segments", reproduction.segments());
    json.put("steps", reproduction.steps());
    json.put("rejected", reproduction.rejected());
    json.put("notes", reproduction.notes());
    json.put("snapshots", reproduction.snapshots().stream().map(ReproductionReport::json).toList());
    return JSON.toJson(json) + "\n";
  }

  private static Map<String, @Nullable Object> json(DerivedSnapshot snapshot) {
    boolean kept = snapshot.recorded() != null;
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("version", kept ? snapshot.version() : null);
    json.put("generation", kept ? snapshot.generation() : null);
    json.put("steps", snapshot.runSteps());
    json.put("updates", snapshot.updates());
    json.put("recorded", snapshot.recorded());
    json.put("derived", snapshot.derived());
    json.put("same", snapshot.isSame());
    return json;
  }
}
