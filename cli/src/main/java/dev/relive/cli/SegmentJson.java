package dev.relive.cli;

import com.google.gson.stream.JsonWriter;
import dev.relive.log.Column;
import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;

/**
 * Segments for programs: a JSON object in a line each. Numbers that JSON has none of are strings.
 */
final class SegmentJson implements SegmentPrinter {

  private final PrintStream out;
  private final boolean values;

  SegmentJson(PrintStream out, boolean values) {
    this.out = out;
    this.values = values;
  }

  @Override
  public void print(SegmentRecord record) {
    StringWriter line = new StringWriter();
    try (JsonWriter json = new JsonWriter(line)) {
      json.beginObject();
      place(record, json);
      segment(record.segment(), json);
      if (values) {
        values(record.segment(), json);
      }
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(line);
  }

  private static void place(SegmentRecord record, JsonWriter json) throws IOException {
    json.name("partition").value(record.partition());
    json.name("offset").value(record.offset());
    json.name("appended").value(Instant.ofEpochMilli(record.appendedAtMillis()).toString());
    json.name("bytes").value(record.bytes());
  }

  private static void segment(Segment segment, JsonWriter json) throws IOException {
    LaneId lane = segment.lane();
    json.name("run").value(lane.run());
    json.name("actor").value(lane.actor());
    json.name("epoch").value(Long.toHexString(lane.epoch()));
    json.name("lane").value(lane.lane());
    json.name("sequence").value(segment.sequence());
    json.name("episode").value(segment.episode());
    json.name("firstStep").value(segment.firstStep());
    json.name("length").value(segment.length());
    json.name("end").value(segment.end().name().toLowerCase(Locale.ROOT));
    json.name("actorSteps").value(segment.actorSteps());
    json.name("started").value(RunTimes.instant(segment.startedAtMicros()).toString());
    json.name("ended").value(RunTimes.instant(segment.endedAtMicros()).toString());
    PolicyVersions versions = segment.policyVersions();
    json.name("policies").beginArray();
    for (int i = 0; i < versions.count(); i++) {
      json.beginObject().name("from").value(versions.from(i));
      json.name("version").value(versions.version(i)).endObject();
    }
    json.endArray();
  }

  private static void values(Segment segment, JsonWriter json) throws IOException {
    column("observations", segment.observations(), json);
    column("actions", segment.actions(), json);
    column("rewards", segment.rewards(), json);
    Column probabilities = segment.behaviourProbabilities();
    if (probabilities != null) {
      column("probabilities", probabilities, json);
    }
  }

  /** An array of rows; a row of one number without shape is that number. */
  private static void column(String name, Column column, JsonWriter json) throws IOException {
    json.name(name).beginArray();
    for (int row = 0; row < column.rows(); row++) {
      boolean scalar = ColumnElements.isScalar(column);
      if (!scalar) {
        json.beginArray();
      }
      for (Number element : ColumnElements.row(column, row)) {
        element(element, json);
      }
      if (!scalar) {
        json.endArray();
      }
    }
    json.endArray();
  }

  private static void element(Number element, JsonWriter json) throws IOException {
    if (Double.isFinite(element.doubleValue())) {
      json.value(element);
    } else {
      json.value(element.toString());
    }
  }
}
