package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.stream.JsonWriter;
import dev.relive.log.AuditReport;
import dev.relive.log.AuditReport.RunAccount;
import dev.relive.log.Finding;
import dev.relive.log.FindingKind;
import dev.relive.log.RejectionReason;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an audit found as one JSON object, written as it is found: all findings come first. */
final class AuditJson implements AuditOutput {

  private final BufferedWriter text;
  private final JsonWriter json;

  AuditJson(PrintStream out) throws IOException {
    text = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
    json = new JsonWriter(text);
    json.setIndent("  ");
    json.beginObject().name("findings").beginArray();
  }

  @Override
  public void found(Finding finding) {
    Finding.Place place = finding.place();
    Long epoch = place.epoch();
    try {
      json.beginObject();
      json.name("severity").value(finding.kind().isFailure() ? "failure" : "note");
      json.name("kind").value(finding.kind().label());
      json.name("sentence").value(finding.sentence());
      name("run", place.run());
      name("actor", place.actor());
      name("epoch", epoch == null ? null : Long.toHexString(epoch));
      number("lane", place.lane());
      number("sequence", place.sequence());
      name("topic", place.topic());
      number("partition", place.partition());
      number("offset", place.offset());
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void name(String name, @Nullable String value) throws IOException {
    json.name(name).value(value);
  }

  private void number(String name, @Nullable Number value) throws IOException {
    json.name(name).value(value);
  }

  @Override
  public void end(AuditReport report) throws IOException {
    json.endArray().name("runs").beginArray();
    for (RunAccount run : report.runs()) {
      run(run);
    }
    json.endArray();
    rejections("rejected", report.rejected());
    rejections("copies", report.copies());
    json.name("found").beginObject();
    for (Map.Entry<FindingKind, Long> each : counts(report).entrySet()) {
      json.name(each.getKey().label()).value(each.getValue());
    }
    json.endObject();
    json.name("acknowledged").value(report.acknowledged());
    json.name("lost").value(report.lost());
    json.name("failures").value(report.failures());
    json.name("notes").value(report.notes());
    json.name("holds").value(report.holds());
    json.endObject();
    text.write("\n");
  }

  private static Map<FindingKind, Long> counts(AuditReport report) {
    Map<FindingKind, Long> counts = new EnumMap<>(FindingKind.class);
    counts.putAll(report.findings());
    return counts;
  }

  private void run(RunAccount run) throws IOException {
    json.beginObject();
    json.name("run").value(run.run().id());
    json.name("label").value(run.run().label());
    json.name("segments").value(run.segments());
    json.name("steps").value(run.steps());
    json.name("epochs").value(run.epochs());
    json.name("openEpochs").value(run.openEpochs());
    json.name("gaps").value(run.gaps());
    json.name("duplicates").value(run.duplicates());
    json.name("misfits").value(run.misfits());
    json.name("snapshots").value(run.snapshots());
    json.name("evaluations").value(run.evaluations());
    json.name("failures").value(run.failures());
    json.endObject();
  }

  private void rejections(String name, Map<RejectionReason, Long> counts) throws IOException {
    json.name(name).beginObject();
    for (RejectionReason reason : RejectionReason.values()) {
      json.name(reason.label()).value(counts.getOrDefault(reason, 0L));
    }
    json.endObject();
  }

  /** What was written is not an object where {@link #end} was not called. */
  @Override
  public void close() throws IOException {
    text.flush();
  }
}
