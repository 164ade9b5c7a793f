package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/**
 * Reading from one of a run's segments on. The log:
 *
 * <pre>
 * offset   0      1      2     3      4      5     6      7      8      9
 * record   other  other  run   run    other  junk  run    run    run    run
 * ordinal                0     1                   2      3      4      5
 * sequence               0     1                   1      2      3      4
 * </pre>
 */
class ReadFromSegmentTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final LogConnection connection =
      TestLog.connection(topics -> List.of(topics.experience("s")));
  private final Topic topic = connection.topics().experience("s");
  private final ExperienceReader reader = new ExperienceReader(connection, RejectedRecords.LEFT);
  private final ReadRequest run =
      ReadRequest.of(
          connection.topics(),
          RunSpec.newBuilder()
              .setRun("run")
              .setStream("s")
              .setEnvironment(TestSegments.environment())
              .addPartitions(PartitionRange.newBuilder().setFirstOffset(2))
              .build());

  @BeforeEach
  void writeTheLog() {
    List<ProducerRecord<byte[], byte[]>> log = new ArrayList<>();
    log.add(record("other", 0));
    log.add(record("other", 1));
    log.add(record("run", 0));
    log.add(record("run", 1));
    log.add(record("other", 2));
    log.add(TestLog.record(topic, "run/actor", "junk".getBytes(UTF_8)));
    log.add(record("run", 1));
    log.add(record("run", 2));
    log.add(record("run", 3));
    log.add(record("run", 4));
    assertEquals(9, TestLog.write(connection, log));
  }

  @Test
  void beginsAtTheHintWhereTheSegmentStandsThere() {
    assertEquals(List.of("3@7", "4@8", "5@9"), read(run.from(3, at(7), segment(2)).until(6)));
    // The ordinal is believed, since the segment is the one that had it.
    assertEquals(List.of("13@7", "14@8"), read(run.from(13, at(7), segment(2)).until(15)));
  }

  @Test
  void countsFromTheRunsFirstOffsetWhereAnotherStandsThere() {
    for (long wrong : new long[] {0, 4, 5, 6, 9, 10, 1000}) {
      assertEquals(List.of("3@7", "4@8", "5@9"), read(run.from(3, at(wrong), segment(2)).until(6)));
    }
    Position elsewhere = at(7).toBuilder().setTopic("copied").build();
    assertEquals(List.of("3@7"), read(run.from(3, elsewhere, segment(2)).until(4)));
    assertEquals(List.of("2@6"), read(run.from(2, at(7), segment(1)).until(3)));
  }

  @Test
  void countsWhereItIsNotKnownWhoseSegmentItWas() {
    assertEquals(List.of("4@8", "5@9"), read(run.from(4, at(2), null).until(6)));
    assertEquals(List.of("0@2"), read(run.from(0, at(9), null).until(1)));
  }

  @Test
  void goesOnLiveWithTheSegmentsToCome() {
    for (ReadRequest request :
        List.of(run.from(6, at(10), null), run.after(last()), run.from(5, at(9), segment(4)))) {
      StepVerifier.create(
              reader.records(request).filter(r -> r.ordinal() >= 6).map(r -> r.ordinal()))
          .then(() -> TestLog.write(connection, List.of(record("other", 3), record("run", 5))))
          .expectNext(6L)
          .thenCancel()
          .verify(SOON);
    }
  }

  private SegmentRecord last() {
    return reader.records(run.until(6)).last().blockOptional(SOON).orElseThrow();
  }

  @Test
  void refusesToCountPastTheEndOfTheLog() {
    assertRefused(
        "Reading %s cannot begin at segment 7 of run run: it holds 6 segments of the run.",
        run.from(7, at(11), null));
    assertRefused(
        "Reading %s cannot begin at segment 6 of run run: it holds 6 segments of the run.",
        run.from(6, at(10), segment(5)));
  }

  @Test
  void refusesAnotherLog() {
    assertRefused(
        "Reading %s cannot begin at segment 4 of run run: segment 3 of run/actor@feed/0 stands"
            + " there where segment 2 of actor@feed is expected.",
        run.from(4, at(1), segment(2)));
  }

  @Test
  void refusesWhatWasDeleted() throws Exception {
    try (Admin admin = Admin.create(connection.adminProperties(SOON))) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(7)))
          .all()
          .get();
    }
    assertEquals(List.of("3@7"), read(run.from(3, at(7), segment(2)).until(4)));
    assertRefused(
        "Reading %s cannot begin at segment 2 of run run: what stood in partition 0 before offset"
            + " 7 was deleted, and the run begins at 2.",
        run.from(2, at(6), segment(1)));
  }

  @Test
  void endsAWindowThatIsNotWholeWithAnError() {
    StepVerifier.create(reader.records(run.from(4, at(8), segment(3)).until(8)))
        .expectNextCount(2)
        .expectErrorMessage(
            "Topic %s holds the segments of run run up to 6 only, and those before 8 were asked for."
                .formatted(topic.name()))
        .verify(SOON);
    assertEquals(List.of(), read(run.from(4, at(8), segment(3)).until(4)));
  }

  @Test
  void ordinalsAreOfOneRunInOnePartition() {
    ReadRequest anyRun = ReadRequest.of(topic, 0, new StartAt.Offset(0));
    assertEquals(
        "Ordinals are told of one run in one partition, not of run null in 1 partitions.",
        assertThrows(IllegalArgumentException.class, () -> anyRun.until(3)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> anyRun.from(3, at(3), null));
  }

  /** Each segment as ordinal@offset. */
  private List<String> read(ReadRequest request) {
    return reader
        .records(request)
        .map(record -> record.ordinal() + "@" + record.offset())
        .collectList()
        .blockOptional(SOON)
        .orElseThrow();
  }

  private void assertRefused(String message, ReadRequest request) {
    StepVerifier.create(reader.records(request))
        .expectErrorSatisfies(
            e -> {
              assertInstanceOf(LogException.class, e);
              assertEquals(message.formatted(topic.name()), e.getMessage());
            })
        .verify(SOON);
  }

  private Position at(long offset) {
    return Position.newBuilder().setTopic(topic.name()).setOffset(offset).build();
  }

  private static @Nullable SegmentIdentity segment(long sequence) {
    return SegmentIdentity.newBuilder()
        .setActor("actor")
        .setEpoch(TestSegments.EPOCH)
        .setSequence(sequence)
        .build();
  }

  private ProducerRecord<byte[], byte[]> record(String of, long sequence) {
    return TestLog.record(topic, TestSegments.of(of, "actor", sequence));
  }
}
