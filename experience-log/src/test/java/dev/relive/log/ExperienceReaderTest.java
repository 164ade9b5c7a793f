package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.ReadRequest.Slice;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class ExperienceReaderTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final LogConnection connection =
      TestLog.connection(topics -> List.of(topics.experience("s"), topics.rejected("s")));
  private final Topic topic = connection.topics().experience("s");
  private final ExperienceReader reader = new ExperienceReader(connection, RejectedRecords.LEFT);
  private final ReadRequest all = ReadRequest.of(topic, 0, new StartAt.Beginning());

  @Test
  void readsWhatWasWrittenInOrder() {
    List<Segment> written = TestSegments.of("run", "actor", 0, 500);
    write(written);
    List<LoggedSegment> read = read(all.untilNow());
    assertEquals(written, read.stream().map(LoggedSegment::segment).toList());
    assertEquals(500, reader.counters().segments());
    assertEquals(4000, reader.counters().steps());
    assertEquals(0, reader.counters().gaps());
    assertEquals(499, read.get(499).ordinal());
    assertEquals(499, read.get(499).offset());
  }

  @Test
  void completesOnAnEmptyLog() {
    StepVerifier.create(reader.read(all.untilNow())).expectComplete().verify(SOON);
  }

  @Test
  void givesOneRunOnly() {
    writeRaw(
        List.of(
            record(TestSegments.of("run", "actor", 0)),
            record(TestSegments.of("runner", "actor", 0)),
            record(TestSegments.of("run", "actor", 1)),
            record(TestSegments.of("ru", "n", 0))));
    assertEquals(
        List.of(0L, 1L),
        read(all.ofRun("run").untilNow()).stream()
            .map(logged -> logged.segment().sequence())
            .toList());
    assertEquals(0, reader.counters().rejected().total());
  }

  @Test
  void givesNoMoreThanWasAskedFor() {
    write(TestSegments.of("run", "actor", 0, 100));
    StepVerifier.create(reader.read(all.untilNow()), 0)
        .thenRequest(3)
        .expectNextCount(3)
        .expectNoEvent(Duration.ofMillis(50))
        .then(() -> assertEquals(3, reader.counters().segments()))
        .thenRequest(97)
        .expectNextCount(97)
        .expectComplete()
        .verify(SOON);
  }

  @Test
  void goesOnAsTheLogGrows() {
    write(TestSegments.of("run", "actor", 0, 2));
    StepVerifier.create(reader.read(all).map(logged -> logged.segment().sequence()))
        .expectNext(0L, 1L)
        .then(() -> write(TestSegments.of("run", "actor", 2, 4)))
        .expectNext(2L, 3L)
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void dropsDuplicatesAndTellsGaps() {
    writeRaw(
        Stream.of(0L, 1L, 1L, 4L, 5L)
            .map(sequence -> record(TestSegments.of("run", "actor", sequence)))
            .toList());
    List<LoggedSegment> read = read(all.ofRun("run").untilNow());
    assertEquals(List.of(0L, 1L, 4L, 5L), read.stream().map(l -> l.segment().sequence()).toList());
    assertEquals(
        List.of(0L, 0L, 2L, 0L), read.stream().map(l -> l.continuity().missingSegments()).toList());
    // The duplicate is a well-formed segment, so it has an ordinal.
    assertEquals(List.of(0L, 1L, 3L, 4L), read.stream().map(LoggedSegment::ordinal).toList());
    assertEquals(2, reader.counters().gaps());
    assertEquals(1, reader.counters().duplicates());
  }

  @Test
  void givesDuplicatesToWhoPutsTheSegmentsInOrderItself() {
    writeRaw(
        Stream.of(0L, 1L, 1L, 4L)
            .map(sequence -> record(TestSegments.of("run", "actor", sequence)))
            .toList());
    List<SegmentRecord> records =
        reader.records(all.ofRun("run").untilNow()).collectList().blockOptional(SOON).orElseThrow();
    assertEquals(
        List.of(0L, 1L, 1L, 4L), records.stream().map(r -> r.segment().sequence()).toList());
    assertEquals(List.of(0L, 1L, 2L, 3L), records.stream().map(SegmentRecord::ordinal).toList());
    assertEquals(0, reader.counters().duplicates());

    // Stopped behind the first, and resumed: as if never stopped.
    SequenceTracker stopped = new SequenceTracker(true);
    stopped.observe(records.get(0).segment());
    Sequencing sequencing =
        new Sequencing(SequenceTracker.resumedFrom(true, stopped.state()), reader.counters());
    List<@Nullable Continuity> found = new ArrayList<>();
    for (SegmentRecord record : records.subList(1, 4)) {
      LoggedSegment logged = sequencing.apply(record);
      found.add(logged == null ? null : logged.continuity());
    }
    assertEquals(
        Arrays.asList(new Continuity(false, 0, true), null, new Continuity(false, 2, false)),
        found);
    assertEquals(1, reader.counters().duplicates());
    assertEquals(2, reader.counters().gaps());
    assertEquals(2, reader.counters().segments());
    assertEquals(5, sequencing.tracker().state().get(0).getNextSequence());
  }

  @Test
  void countsAGapAtTheRunsFirstOffsetOnly() {
    write(TestSegments.of("run", "actor", 5, 7));
    ReadRequest fromFirst =
        new ReadRequest(
            topic,
            List.of(new Slice(0, new StartAt.Offset(0), 2)),
            "run",
            true,
            0,
            ReadRequest.ALL,
            null);
    assertEquals(5, read(fromFirst).get(0).continuity().missingSegments());
    assertEquals(0, read(all.untilNow()).get(0).continuity().missingSegments());
  }

  @Test
  void readsFromAnOffsetToAnOffset() {
    write(TestSegments.of("run", "actor", 0, 10));
    ReadRequest part =
        new ReadRequest(
            topic,
            List.of(new Slice(0, new StartAt.Offset(3), 6)),
            null,
            false,
            0,
            ReadRequest.ALL,
            null);
    assertEquals(List.of(3L, 4L, 5L), read(part).stream().map(LoggedSegment::offset).toList());
  }

  @Test
  void readsFromATime() {
    write(TestSegments.of("run", "actor", 0, 5));
    long lastAppended = read(all.untilNow()).get(4).appendedAtMillis();
    Instant after = Instant.ofEpochMilli(lastAppended + 1);
    awaitClockPast(after);
    write(TestSegments.of("run", "actor", 5, 7));
    List<LoggedSegment> late = read(ReadRequest.of(topic, 0, new StartAt.Time(after)).untilNow());
    assertEquals(List.of(5L, 6L), late.stream().map(LoggedSegment::offset).toList());
    assertEquals(
        List.of(),
        read(
            ReadRequest.of(topic, 0, new StartAt.Time(Instant.now().plusSeconds(3600)))
                .untilNow()));
  }

  @Test
  void refusesAnOffsetThatIsNotInTheLog() {
    write(TestSegments.of("run", "actor", 0, 10));
    deleteBefore(4);
    assertRefused(
        new StartAt.Offset(2),
        "Reading %s partition 0 cannot begin at offset 2: what stood before offset 4 was deleted.");
    assertRefused(
        new StartAt.Offset(11),
        "Reading %s partition 0 cannot begin at offset 11: the log ends at offset 10.");
    assertEquals(6, read(all.untilNow()).size());
  }

  @Test
  void endsWhenWhatItWouldReadNextIsDeleted() {
    for (long sequence = 0; sequence < 20; sequence++) {
      write(TestSegments.of("run", "actor", sequence, sequence + 1));
    }
    // One batch a fetch, and one fetch ahead at most.
    LogConnection slow =
        new LogConnection(
            connection.bootstrapServers(),
            connection.prefix(),
            Map.of("max.partition.fetch.bytes", "1", "fetch.max.bytes", "1"));
    StepVerifier.create(new ExperienceReader(slow, RejectedRecords.LEFT).read(all), 0)
        .thenRequest(1)
        .expectNextCount(1)
        .then(() -> deleteBefore(19))
        .thenRequest(Long.MAX_VALUE)
        .thenConsumeWhile(segment -> segment.offset() < 19)
        .expectErrorSatisfies(
            e ->
                assertTrue(
                    String.valueOf(e.getMessage())
                        .matches(
                            "Reading .* cannot go on from \\{.*=\\d+}: the log holds nothing there"
                                + " any more\\."),
                    e.getMessage()))
        .verify(SOON);
  }

  @Test
  void goesOnWhenTheBrokerComesBack() {
    EmbeddedBroker first = TestLog.newBroker();
    BrokerConfig same = new BrokerConfig(first.directory(), first.address().port());
    LogConnection restarted = LogConnection.to(first.bootstrapServers());
    Topic experience = restarted.topics().experience("s");
    TestLog.create(restarted, List.of(experience));
    List<EmbeddedBroker> brokers = new ArrayList<>(List.of(first));
    TestLog.write(
        restarted, List.of(TestLog.record(experience, TestSegments.of("run", "actor", 0))));
    StepVerifier.create(
            new ExperienceReader(restarted, RejectedRecords.LEFT)
                .read(ReadRequest.of(experience, 0, new StartAt.Beginning()))
                .map(logged -> logged.segment().sequence()))
        .expectNext(0L)
        .then(first::close)
        .then(() -> brokers.add(EmbeddedBroker.start(same)))
        .then(
            () ->
                TestLog.write(
                    restarted,
                    List.of(TestLog.record(experience, TestSegments.of("run", "actor", 1)))))
        .expectNext(1L)
        .thenCancel()
        .verify(Duration.ofSeconds(60));
    brokers.forEach(EmbeddedBroker::close);
  }

  @Test
  void refusesAPartitionThatIsNotThere() {
    StepVerifier.create(reader.read(ReadRequest.of(topic, 1, new StartAt.Beginning())))
        .expectErrorMessage(
            "Topic " + topic.name() + " has no partition 1: it has 1, counted from 0.")
        .verify(SOON);
    Topic missing = connection.topics().experience("missing");
    StepVerifier.create(reader.read(ReadRequest.of(missing, 0, new StartAt.Beginning())))
        .expectErrorMessage("There is no topic " + missing.name() + ".")
        .verify(SOON);
  }

  @Test
  void copiesWhatItCannotUseToTheRejectedTopicOnce() {
    byte[] good = SegmentCodec.encode(TestSegments.of("run", "actor", 0));
    byte[] damaged = good.clone();
    damaged[20] ^= 1;
    byte[] future = good.clone();
    future[4] = 9;
    byte[] policy =
        RecordCodec.POLICY.encode(
            dev.relive.log.wire.Policy.newBuilder().setRun("run").setVersion(1).build());
    writeRaw(
        List.of(
            TestLog.record(topic, null, good),
            TestLog.record(topic, "run", good),
            TestLog.record(topic, "run/actor", "hello".getBytes(UTF_8)),
            TestLog.record(topic, "run/actor", null),
            TestLog.record(topic, "run/actor", new byte[0]),
            TestLog.record(topic, "run/actor", policy),
            TestLog.record(topic, "run/actor", future),
            TestLog.record(topic, "run/actor", damaged),
            TestLog.record(topic, "run/other", good),
            TestLog.record(topic, "run/actor", good)));
    for (int restart = 0; restart < 2; restart++) {
      try (RejectedTopic rejected = RejectedTopic.open(connection, "s", "run")) {
        ExperienceReader learner = new ExperienceReader(connection, rejected);
        List<LoggedSegment> read =
            learner.read(all.ofRun("run").untilNow()).collectList().block(SOON);
        assertEquals(1, read == null ? 0 : read.size());
        RejectionCounters counters = learner.counters().rejected();
        assertEquals(5, counters.count(RejectionReason.FOREIGN));
        assertEquals(1, counters.count(RejectionReason.UNEXPECTED_KIND));
        assertEquals(1, counters.count(RejectionReason.FUTURE_FORMAT));
        assertEquals(1, counters.count(RejectionReason.CORRUPT));
        assertEquals(1, counters.count(RejectionReason.INVALID));
      }
    }
    List<String> copies = copies();
    assertEquals(
        List.of(
            "0 foreign null 0",
            "1 foreign run 1",
            "2 foreign run/actor hello",
            "3 foreign run/actor null",
            "4 foreign run/actor 4",
            "5 unexpected-kind run/actor 5",
            "6 future-format run/actor 6",
            "7 corrupt run/actor 7",
            "8 invalid run/other 8"),
        copies);
  }

  /** Each copy as: offset, reason, own key, its value where that is text. */
  private List<String> copies() {
    List<String> copies = new ArrayList<>();
    TopicPartition partition = new TopicPartition(connection.topics().rejected("s").name(), 0);
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_UNCOMMITTED)) {
      PartitionScan scan = new PartitionScan(consumer, partition);
      scan.read(
          scan.begin(),
          scan.end(),
          record -> {
            String offset = UTF_8.decode(record.key()).toString().replace(topic.name() + "/0/", "");
            Header key = record.headers().lastHeader(RejectedTopic.KEY);
            String value =
                record.value() == null
                    ? "null"
                    : record.value().remaining() == 5
                        ? UTF_8.decode(record.value()).toString()
                        : offset;
            copies.add(
                "%s %s %s %s"
                    .formatted(
                        offset,
                        text(record.headers().lastHeader(RejectedTopic.REASON)),
                        key == null ? "null" : text(key),
                        value));
          });
    }
    return copies;
  }

  private static String text(Header header) {
    return new String(header.value(), UTF_8);
  }

  @Test
  void knowsHowFarBehindItIs() {
    write(TestSegments.of("run", "actor", 0, 10));
    StepVerifier.create(reader.read(all))
        .expectNextCount(10)
        .then(() -> awaitLag(0))
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void knowsHowFarBehindItIsWhileNothingIsAskedFor() {
    write(TestSegments.of("run", "actor", 0, 10));
    StepVerifier.create(reader.read(all), 5)
        .expectNextCount(5)
        .then(() -> write(TestSegments.of("run", "other", 0, 7)))
        .then(() -> awaitLag(7))
        .thenCancel()
        .verify(SOON);
  }

  private void awaitLag(long lag) {
    Flux.interval(Duration.ofMillis(5))
        .filter(tick -> reader.counters().lag() == lag)
        .blockFirst(SOON);
  }

  private static void awaitClockPast(Instant instant) {
    Flux.interval(Duration.ofMillis(1))
        .filter(tick -> Instant.now().isAfter(instant))
        .blockFirst(SOON);
  }

  private List<LoggedSegment> read(ReadRequest request) {
    List<LoggedSegment> read = reader.read(request).collectList().block(SOON);
    return read == null ? Collections.emptyList() : read;
  }

  private void assertRefused(StartAt start, String message) {
    StepVerifier.create(reader.read(ReadRequest.of(topic, 0, start)))
        .expectErrorSatisfies(
            e -> {
              assertInstanceOf(LogException.class, e);
              assertEquals(message.formatted(topic.name()), e.getMessage());
            })
        .verify(SOON);
  }

  private void write(List<Segment> segments) {
    try (ExperienceWriter writer =
        ExperienceWriter.open(connection, topic, 0, WriterSettings.DEFAULT)) {
      writer.write(Flux.fromIterable(segments)).blockLast(SOON);
    }
  }

  private ProducerRecord<byte[], byte[]> record(Segment segment) {
    return TestLog.record(topic, segment);
  }

  private void writeRaw(List<ProducerRecord<byte[], byte[]>> records) {
    assertTrue(TestLog.write(connection, records) >= 0);
  }

  private void deleteBefore(long offset) {
    try (Admin admin = Admin.create(connection.adminProperties(SOON))) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
