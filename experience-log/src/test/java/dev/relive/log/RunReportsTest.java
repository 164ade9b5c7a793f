package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Message;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RunReportsTest {

  @Test
  void findsNothingInALogWithoutTopicsAndMakesNone() {
    LogConnection connection = TestLog.connection();

    assertEquals(List.of(), new RunReports(connection).read());
    try (LogAdmin admin = LogAdmin.open(connection)) {
      LogException missing =
          assertThrows(
              LogException.class, () -> admin.requirePartition(connection.topics().runs(), 0));
      assertEquals("There is no topic " + connection.prefix() + ".runs.", missing.getMessage());
    }
  }

  @Test
  void putsTogetherWhatIsWrittenOfEachRun() {
    LogConnection connection = TestLog.connection(TopicCatalogue::shared);
    TopicCatalogue topics = connection.topics();
    Progress newest = Progress.newBuilder().setRun("b").setOrdinal(2).build();
    Evaluation first = Evaluation.newBuilder().setRun("b").setVersion(1).build();
    Evaluation second = Evaluation.newBuilder().setRun("b").setVersion(5).build();
    RunSpec later = RunSpec.newBuilder().setRun("b").setLabel("l").setCreatedAtMicros(2).build();
    RunSpec earlier = RunSpec.newBuilder().setRun("a").setCreatedAtMicros(1).build();
    RunVerdict verdict = RunVerdict.newBuilder().setRun("b").setVersion(5).build();
    TestLog.write(
        connection,
        List.of(
            record(topics.runs(), "b/spec", RecordCodec.RUN_SPEC, later),
            record(topics.runs(), "a/spec", RecordCodec.RUN_SPEC, earlier),
            record(topics.runs(), "b/verdict", RecordCodec.RUN_VERDICT, verdict),
            record(
                topics.progress(),
                "b",
                RecordCodec.PROGRESS,
                Progress.newBuilder().setRun("b").setOrdinal(1).build()),
            record(topics.progress(), "b", RecordCodec.PROGRESS, newest),
            TestLog.record(topics.progress(), "b", new byte[] {1}),
            record(topics.evaluations(), "b", RecordCodec.EVALUATION, first),
            record(topics.evaluations(), "b", RecordCodec.EVALUATION, second)));

    RunReports reports = new RunReports(connection);
    List<RunReport> read = reports.read();

    assertEquals(List.of("a", "b"), read.stream().map(report -> report.run().id()).toList());
    RunReport nothing = read.get(0);
    assertEquals(Run.Phase.CREATED, nothing.run().phase());
    assertEquals(Optional.empty(), nothing.progress());
    assertEquals(List.of(), nothing.evaluations());
    RunReport solved = read.get(1);
    assertEquals(Run.Phase.SOLVED, solved.run().phase());
    assertEquals(Optional.of(2L), solved.progress().map(Progress::getOrdinal));
    assertEquals(
        List.of(1L, 5L), solved.evaluations().stream().map(Evaluation::getVersion).toList());
    assertEquals(1, reports.rejected().total());
    assertEquals("b", RunReports.choose(read, "l").run().id());
    LogException none = assertThrows(LogException.class, () -> RunReports.choose(read, "c"));
    assertEquals("There is no run 'c': the log holds a CREATED, b (l) SOLVED.", none.getMessage());
  }

  @Test
  void readsNoMoreThanTheRunsThatAreNamedHoweverManyThereAre() {
    LogConnection connection = TestLog.connection(TopicCatalogue::shared);
    TopicCatalogue topics = connection.topics();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int number = 0; number < 10_000; number++) {
      String id = "run-" + number;
      RunSpec spec =
          RunSpec.newBuilder()
              .setRun(id)
              .setLabel(number < 2 ? "twice" : "label-" + number)
              .setCreatedAtMicros(number)
              .build();
      Evaluation evaluation = Evaluation.newBuilder().setRun(id).setVersion(number).build();
      records.add(record(topics.runs(), id + "/spec", RecordCodec.RUN_SPEC, spec));
      records.add(record(topics.evaluations(), id, RecordCodec.EVALUATION, evaluation));
    }
    TestLog.write(connection, records);
    RunReports reports = new RunReports(connection);

    List<RunReport> read = reports.read(List.of("run-9999", "label-70"));

    assertEquals(
        List.of(List.of(9_999L), List.of(70L)),
        read.stream()
            .map(each -> each.evaluations().stream().map(Evaluation::getVersion).toList())
            .toList());
    assertEquals(
        "2 runs have the label 'twice', so choose one by its id: run-0 (twice) CREATED, run-1"
            + " (twice) CREATED.",
        assertThrows(LogException.class, () -> reports.read(List.of("twice"))).getMessage());
  }

  private static <T extends Message> ProducerRecord<byte[], byte[]> record(
      Topic topic, String key, RecordCodec<T> codec, T message) {
    return TestLog.record(topic, key, codec.encode(message));
  }
}
