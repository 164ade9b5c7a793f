package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class ExperienceWriterTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration LINGER = Duration.ofMillis(5);
  private static final WriterSettings SMALL_WINDOW =
      new WriterSettings(8, 1 << 20, 256 << 10, LINGER, SOON);

  private final LogConnection connection =
      TestLog.connection(topics -> List.of(topics.experience("s")));
  private final Topic topic = connection.topics().experience("s");

  @Test
  void acknowledgesEverySegmentInOrderWithItsOffset() {
    try (ExperienceWriter writer = open(WriterSettings.DEFAULT)) {
      List<Acknowledgement> acknowledged =
          writer
              .write(Flux.fromIterable(TestSegments.of("run", "actor", 0, 1000)))
              .collectList()
              .block(SOON);
      assertEquals(
          LongStream.range(0, 1000)
              .mapToObj(
                  n ->
                      new Acknowledgement(
                          TestSegments.of("run", "actor", 0).lane(), n, 8, 8 * (n + 1), 0, n))
              .toList(),
          acknowledged);
      WriterCounters counters = writer.counters();
      assertEquals(1000, counters.segmentsAcknowledged());
      assertEquals(8000, counters.stepsAcknowledged());
      assertEquals(counters.bytesSent(), counters.bytesAcknowledged());
      assertEquals(0, counters.segmentsInFlight());
      assertEquals(0, counters.bytesInFlight());
    }
  }

  @Test
  void completesWithoutSegments() {
    try (ExperienceWriter writer = open(SMALL_WINDOW)) {
      StepVerifier.create(writer.write(Flux.empty())).expectComplete().verify(SOON);
    }
  }

  @Test
  void requestsNoMoreThanTheWindowUntilAcknowledgementsAreTaken() {
    AtomicLong requested = new AtomicLong();
    AtomicInteger published = new AtomicInteger();
    Flux<Segment> source =
        Flux.fromIterable(TestSegments.of("run", "actor", 0, 100))
            .doOnRequest(requested::addAndGet)
            .doOnNext(segment -> published.incrementAndGet());
    try (ExperienceWriter writer = open(SMALL_WINDOW)) {
      StepVerifier.create(writer.write(source), 0)
          .thenRequest(8)
          .expectNextCount(8)
          // What follows was sent ahead, one window at most.
          .then(() -> assertTrue(requested.get() <= 16, () -> "requested " + requested))
          .thenRequest(92)
          .expectNextCount(92)
          .expectComplete()
          .verify(SOON);
      assertEquals(100, published.get());
    }
  }

  @Test
  void nothingFollowsTheFirstSegmentBeforeThatIsInTheLog() {
    AtomicInteger acknowledged = new AtomicInteger();
    List<Long> requests = new ArrayList<>();
    List<Integer> acknowledgedBefore = new ArrayList<>();
    Flux<Segment> source =
        Flux.fromIterable(TestSegments.of("run", "actor", 0, 100))
            .doOnRequest(
                n -> {
                  requests.add(n);
                  acknowledgedBefore.add(acknowledged.get());
                });
    try (ExperienceWriter writer = open(SMALL_WINDOW)) {
      writer
          .write(source)
          .doOnNext(acknowledgement -> acknowledged.incrementAndGet())
          .blockLast(SOON);
    }
    assertEquals(List.of(1L, 8L), requests.subList(0, 2));
    assertEquals(List.of(0, 1), acknowledgedBefore.subList(0, 2));
  }

  @Test
  void keepsTheBytesInFlightWithinTheWindow() {
    int segment = SegmentCodec.encode(TestSegments.of("run", "actor", 0)).length;
    WriterSettings threeFit = new WriterSettings(1000, 3 * (segment + 20), 256 << 10, LINGER, SOON);
    AtomicLong published = new AtomicLong();
    AtomicLong taken = new AtomicLong();
    List<Long> ahead = new ArrayList<>();
    try (ExperienceWriter writer = open(threeFit)) {
      writer
          .write(
              Flux.fromIterable(TestSegments.of("run", "actor", 0, 200))
                  .doOnNext(s -> ahead.add(published.incrementAndGet() - taken.get())))
          .doOnNext(acknowledgement -> taken.incrementAndGet())
          .blockLast(SOON);
    }
    assertEquals(200, taken.get());
    assertTrue(ahead.stream().allMatch(n -> n <= 3), ahead::toString);
  }

  @Test
  void refusesASegmentThatNoRecordCanHoldAfterWritingWhatCameBefore() {
    Segment oversized = TestSegments.of("run", "actor", TestSegments.EPOCH, 1, 1 << 20);
    try (ExperienceWriter writer = open(WriterSettings.DEFAULT)) {
      StepVerifier.create(writer.write(Flux.just(TestSegments.of("run", "actor", 0), oversized)))
          .expectNextMatches(acknowledgement -> acknowledgement.sequence() == 0)
          .expectErrorSatisfies(
              e -> {
                assertInstanceOf(LogException.class, e);
                assertTrue(
                    String.valueOf(e.getMessage())
                        .matches(
                            "Segment 1 of run/actor@feed/0 has \\d+ bytes with 1048576 transitions,"
                                + " and topic .*s takes records of at most 16777216 bytes: choose a"
                                + " smaller segment length."),
                    e.getMessage());
              })
          .verify(SOON);
    }
  }

  @Test
  void passesOnWhatTheSourceFailedWithAfterAcknowledging() {
    IllegalStateException broken = new IllegalStateException("broken lane");
    try (ExperienceWriter writer = open(WriterSettings.DEFAULT)) {
      StepVerifier.create(
              writer.write(
                  Flux.concat(Flux.just(TestSegments.of("run", "actor", 0)), Flux.error(broken))))
          .expectNextCount(1)
          .expectErrorSatisfies(e -> assertEquals(broken, e))
          .verify(SOON);
    }
  }

  @Test
  void cancelsItsSource() {
    Sinks.Many<Segment> source = Sinks.many().unicast().onBackpressureBuffer();
    Sinks.Empty<Void> cancelled = Sinks.empty();
    try (ExperienceWriter writer = open(WriterSettings.DEFAULT)) {
      StepVerifier.create(writer.write(source.asFlux().doOnCancel(() -> cancelled.tryEmitEmpty())))
          .then(() -> source.tryEmitNext(TestSegments.of("run", "actor", 0)).orThrow())
          .expectNextCount(1)
          .thenCancel()
          .verify(SOON);
      StepVerifier.create(cancelled.asMono()).expectComplete().verify(SOON);
    }
  }

  @Test
  void endsWhenTheWriterIsClosedBeforeTheSource() {
    Sinks.Many<Segment> source = Sinks.many().unicast().onBackpressureBuffer();
    ExperienceWriter writer = open(WriterSettings.DEFAULT);
    StepVerifier.create(writer.write(source.asFlux()))
        .then(() -> source.tryEmitNext(TestSegments.of("run", "actor", 0)).orThrow())
        .expectNextCount(1)
        .then(writer::close)
        .then(() -> source.tryEmitNext(TestSegments.of("run", "actor", 1)).orThrow())
        .expectError(SegmentsInDoubtException.class)
        .verify(SOON);
  }

  @Test
  void saysThatKafkaTakesNoExperience(@TempDir Path directory) throws IOException {
    BrokerConfig full = BrokerConfig.in(directory).withFreeDiskFloor(Long.MAX_VALUE);
    try (EmbeddedBroker broker = EmbeddedBroker.start(full)) {
      LogConnection refused = LogConnection.to(broker.bootstrapServers());
      Topic experience = refused.topics().experience("s");
      TestLog.create(refused, List.of(experience));
      try (ExperienceWriter writer =
          ExperienceWriter.open(refused, experience, 0, WriterSettings.DEFAULT)) {
        StepVerifier.create(writer.write(Flux.fromIterable(TestSegments.of("run", "actor", 0, 3))))
            .expectErrorSatisfies(
                e -> {
                  assertInstanceOf(WritingRefusedException.class, e);
                  assertEquals(
                      "Kafka takes no experience for topic relive.experience.s: either this client"
                          + " has no right to write there, or it is an embedded broker whose disk"
                          + " has come to its free-disk floor.",
                      e.getMessage());
                })
            .verify(SOON);
      }
    }
  }

  @Test
  void namesTheSequencesInDoubtWhenTheBrokerIsGone() {
    WriterSettings impatient =
        new WriterSettings(100, 1 << 20, 256 << 10, LINGER, Duration.ofMillis(1500));
    Sinks.Many<Segment> source = Sinks.many().unicast().onBackpressureBuffer();
    EmbeddedBroker broker = TestLog.newBroker();
    LogConnection doomed = LogConnection.to(broker.bootstrapServers());
    TestLog.create(doomed, List.of(doomed.topics().experience("s")));
    try (ExperienceWriter writer =
        ExperienceWriter.open(doomed, doomed.topics().experience("s"), 0, impatient)) {
      StepVerifier.create(writer.write(source.asFlux()))
          .then(() -> emit(source, 0, 3))
          .expectNextCount(3)
          .then(broker::close)
          .then(() -> TestSegments.of("run", "actor", 3, 7).forEach(s -> source.tryEmitNext(s)))
          .expectErrorSatisfies(
              e -> {
                SegmentsInDoubtException doubts =
                    assertInstanceOf(SegmentsInDoubtException.class, e);
                // Kafka's client may know at once that nobody leads the partition, or wait for all.
                int count = doubts.segments().size();
                assertEquals(
                    LongStream.range(3, 3 + count).boxed().toList(),
                    doubts.segments().stream()
                        .map(SegmentsInDoubtException.Doubt::sequence)
                        .toList());
                assertEquals(count, writer.counters().segmentsInDoubt());
                assertTrue(
                    String.valueOf(e.getMessage())
                        .contains(
                            "sequences 3 to %d of actor actor, epoch 000000000000feed"
                                .formatted(2 + count)),
                    e.getMessage());
              })
          .verify(SOON);
      assertEquals(0, writer.counters().segmentsInFlight());
    } finally {
      broker.close();
    }
  }

  @Test
  void opensOnlyWhereThereIsAPartition() {
    LogException e =
        assertThrows(
            LogException.class,
            () -> ExperienceWriter.open(connection, topic, 1, WriterSettings.DEFAULT));
    assertEquals(
        "Topic " + topic.name() + " has no partition 1: it has 1, counted from 0.", e.getMessage());
  }

  private ExperienceWriter open(WriterSettings settings) {
    return ExperienceWriter.open(connection, topic, 0, settings);
  }

  private static void emit(Sinks.Many<Segment> sink, long from, long to) {
    TestSegments.of("run", "actor", from, to)
        .forEach(segment -> sink.tryEmitNext(segment).orThrow());
  }
}
