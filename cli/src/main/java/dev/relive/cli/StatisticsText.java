package dev.relive.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.relive.cli.display.Numbers;
import dev.relive.log.ExperienceTally;
import dev.relive.log.SegmentEnd;
import dev.relive.log.StreamStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the experience of streams adds up to, for people and for programs. */
final class StatisticsText {

  private static final Gson JSON = new GsonBuilder().serializeNulls().setPrettyPrinting().create();
  private static final String NONE = "–";

  private final Map<String, StreamStatistics> streams;

  StatisticsText(Map<String, StreamStatistics> streams) {
    this.streams = streams;
  }

  /** A line for each stream, its runs below it, and their actors below these. */
  String text() {
    if (streams.isEmpty()) {
      return "The log holds no experience.\n";
    }
    TextTable table =
        new TextTable()
            .add(
                "STREAM, RUN, ACTOR",
                "SEGMENTS",
                "STEPS",
                "LENGTH",
                "TERMINATED",
                "TRUNCATED",
                "ABANDONED",
                "RETURN",
                "POLICIES",
                "BYTES",
                "STEPS/S");
    streams.forEach(
        (stream, statistics) -> {
          add(table, stream, statistics.all());
          statistics
              .runs()
              .forEach(
                  (run, tally) -> {
                    add(table, "  " + run, tally);
                    statistics
                        .actors(run)
                        .forEach((actor, each) -> add(table, "    " + actor, each));
                  });
        });
    return table.text(0);
  }

  private static void add(TextTable table, String name, ExperienceTally tally) {
    table.add(
        name,
        Numbers.count(tally.segments()),
        Numbers.count(tally.steps()),
        Numbers.mean(tally.meanLength()),
        Numbers.count(tally.ends(SegmentEnd.TERMINATED)),
        Numbers.count(tally.ends(SegmentEnd.TRUNCATED)),
        Numbers.count(tally.ends(SegmentEnd.ABANDONED)),
        Numbers.mean(tally.meanReturn()),
        versions(tally),
        Numbers.bytes(tally.bytes()),
        Double.isNaN(tally.stepsPerSecond()) ? NONE : Numbers.rate(tally.stepsPerSecond()));
  }

  private static String versions(ExperienceTally tally) {
    if (tally.newestVersion() < 0) {
      return NONE;
    }
    return tally.oldestVersion() == tally.newestVersion()
        ? Long.toString(tally.newestVersion())
        : tally.oldestVersion() + "–" + tally.newestVersion();
  }

  /** An array of streams with their runs and these with their actors. */
  String json() {
    List<Map<String, @Nullable Object>> json = new ArrayList<>();
    streams.forEach(
        (stream, statistics) -> {
          Map<String, @Nullable Object> each = new LinkedHashMap<>();
          each.put("stream", stream);
          each.putAll(json(statistics.all()));
          each.put("gaps", statistics.counters().gaps());
          each.put("duplicates", statistics.counters().duplicates());
          each.put("unusable", statistics.counters().rejected().total());
          each.put("runs", runs(statistics));
          json.add(each);
        });
    return JSON.toJson(json) + "\n";
  }

  private static List<Map<String, @Nullable Object>> runs(StreamStatistics statistics) {
    List<Map<String, @Nullable Object>> json = new ArrayList<>();
    statistics
        .runs()
        .forEach(
            (run, tally) -> {
              List<Map<String, @Nullable Object>> actors = new ArrayList<>();
              statistics
                  .actors(run)
                  .forEach((actor, each) -> actors.add(json("actor", actor, each)));
              Map<String, @Nullable Object> each = json("run", run, tally);
              each.put("actors", actors);
              json.add(each);
            });
    return json;
  }

  private static Map<String, @Nullable Object> json(
      String what, String name, ExperienceTally tally) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put(what, name);
    json.putAll(json(tally));
    return json;
  }

  private static Map<String, @Nullable Object> json(ExperienceTally tally) {
    boolean any = tally.segments() > 0;
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("segments", tally.segments());
    json.put("steps", tally.steps());
    json.put("meanLength", number(tally.meanLength()));
    json.put("terminated", tally.ends(SegmentEnd.TERMINATED));
    json.put("truncated", tally.ends(SegmentEnd.TRUNCATED));
    json.put("abandoned", tally.ends(SegmentEnd.ABANDONED));
    json.put("meanReturn", number(tally.meanReturn()));
    json.put("oldestPolicyVersion", tally.oldestVersion() < 0 ? null : tally.oldestVersion());
    json.put("newestPolicyVersion", tally.newestVersion() < 0 ? null : tally.newestVersion());
    json.put("bytes", tally.bytes());
    json.put("first", any ? Instant.ofEpochMilli(tally.firstMillis()).toString() : null);
    json.put("last", any ? Instant.ofEpochMilli(tally.lastMillis()).toString() : null);
    json.put("stepsPerSecond", number(tally.stepsPerSecond()));
    return json;
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
