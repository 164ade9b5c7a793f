package dev.relive.producers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.ExperienceReader;
import dev.relive.log.FlowSettings;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.LoggedSegment;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.SegmentsInDoubtException;
import dev.relive.log.WriterSettings;
import dev.relive.log.wire.RunPhase;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole producer on a real broker, with the test as its learner. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProducerServiceTest {
  private static final FlowSettings FLOW = new FlowSettings(3, 16, 90);

  private EmbeddedBroker broker;
  private LogConnection connection;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
    connection = LogConnection.to(broker.bootstrapServers());
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @Test
  void aProducerFillsTheLogWithinItsCreditAndClosesItsLanes() throws Exception {
    try (TestRun run = new TestRun(connection, "within-credit", FLOW, true)) {
      long epoch = new RunSeeds(run.spec.getSeed()).deterministicEpoch("pole", 0);
      ExperienceReader reader = new ExperienceReader(connection, RejectedRecords.LEFT);
      ReadRequest request = ReadRequest.of(connection.topics(), run.spec);
      ProducerService producer = producer(config("within-credit"));
      try (producer) {
        run.policy(1, 0.5);
        producer.start();
        long ingested = 0;
        for (LoggedSegment logged :
            reader.read(request).takeUntil(s -> s.segment().actorSteps() >= 600).toIterable(1)) {
          Segment segment = logged.segment();
          assertEquals(epoch, segment.lane().epoch());
          assertTrue(segment.actorSteps() <= ingested + FLOW.maxLead(), "beyond its credit");
          ingested = segment.actorSteps();
          run.ingested("pole", epoch, ingested);
        }
      }

      assertFalse(producer.completion().isDone());
      List<Segment> read = everything(run);
      assertLanesAreClosed(read);
      ProducerStatus status = producer.status().orElseThrow();
      assertEquals(status.steps(), read.stream().mapToLong(Segment::length).sum());
      assertEquals(status.steps(), read.get(read.size() - 1).actorSteps());
      assertEquals(read.size(), status.segmentsAcknowledged());
      assertEquals(0, status.segmentsInFlight());
      assertEquals(1, status.policyVersion());
      assertEquals(
          read.stream().filter(s -> s.end() == SegmentEnd.TERMINATED).count(), status.episodes());
      assertTrue(status.episodes() > 0);
    }
  }

  @Test
  void deterministicRunsOfOneSeedHaveTheSameTrajectories() throws Exception {
    List<List<Float>> one = trajectoriesOfWholeCredit("deterministic-one");
    List<List<Float>> other = trajectoriesOfWholeCredit("deterministic-other");

    assertEquals(FLOW.lanes(), one.size());
    assertEquals(one, other);
    assertNotEquals(one.get(0), one.get(1));
  }

  @Test
  void anActorOfADeterministicRunTakesTheEpochAfterThoseInTheLog() throws Exception {
    try (TestRun run = new TestRun(connection, "starts", FLOW, true)) {
      run.policy(1, 0.5);
      List<Long> epochs = new ArrayList<>();
      for (int start = 0; start < 3; start++) {
        try (ProducerService producer = producer(config("starts"))) {
          producer.start();
          epochs.add(firstNewEpoch(run, epochs));
        }
      }

      RunSeeds seeds = new RunSeeds(run.spec.getSeed());
      assertEquals(
          List.of(
              seeds.deterministicEpoch("pole", 0),
              seeds.deterministicEpoch("pole", 1),
              seeds.deterministicEpoch("pole", 2)),
          epochs);
    }
  }

  private Long firstNewEpoch(TestRun run, List<Long> known) {
    return Objects.requireNonNull(
        new ExperienceReader(connection, RejectedRecords.LEFT)
            .read(ReadRequest.of(connection.topics(), run.spec))
            .map(logged -> logged.segment().lane().epoch())
            .filter(epoch -> !known.contains(epoch))
            .blockFirst());
  }

  @Test
  void aSecondActorOfADeterministicRunIsRefused() throws Exception {
    try (TestRun run = new TestRun(connection, "one-only", FLOW, true);
        ProducerService first = producer(config("one-only"));
        ProducerService second = producer(config("one-only", "other"))) {
      run.policy(1, 0.5);
      first.start();
      firstNewEpoch(run, List.of());
      second.start();

      LogException failure = failure(second, LogException.class);

      assertEquals(
          "Run one-only is deterministic and has one producer: pole, whose segments are in its log,"
              + " and not other.",
          failure.getMessage());
    }
  }

  /** Everything that the lanes do until their credit is used up, by lane. */
  private List<List<Float>> trajectoriesOfWholeCredit(String name) throws Exception {
    List<List<Float>> lanes = new ArrayList<>();
    for (int lane = 0; lane < FLOW.lanes(); lane++) {
      lanes.add(new ArrayList<>());
    }
    try (TestRun run = new TestRun(connection, name, FLOW, true);
        ProducerService producer = producer(config(name))) {
      run.policy(1, 0.5);
      producer.start();
      new ExperienceReader(connection, RejectedRecords.LEFT)
          .read(ReadRequest.of(connection.topics(), run.spec))
          .map(LoggedSegment::segment)
          .takeUntil(segment -> segment.actorSteps() == FLOW.maxLead())
          .doOnNext(segment -> lanes.get(segment.lane().lane()).addAll(transitions(segment)))
          .blockLast();
    }
    return lanes;
  }

  /** Observation, action and reward of each transition. */
  private static List<Float> transitions(Segment segment) {
    List<Float> numbers = new ArrayList<>();
    float[] row = new float[4];
    for (int step = 0; step < segment.length(); step++) {
      segment.observations().copyRows(step, 1, row, 0);
      numbers.addAll(WatchedEnvironment.floats(row));
      segment.actions().copyRows(step, 1, row, 0);
      numbers.add(row[0]);
      segment.rewards().copyRows(step, 1, row, 0);
      numbers.add(row[0]);
    }
    return numbers;
  }

  @Test
  void metersAppearWithTheRun() throws Exception {
    PrometheusRegistry metrics = new PrometheusRegistry();
    try (TestRun run = new TestRun(connection, "metered", FLOW, false);
        ProducerService producer =
            new ProducerService(config("metered"), metrics, Clock.systemUTC())) {
      assertTrue(points(metrics, "relive_producer_steps").isEmpty());
      run.policy(1, 0.5);
      producer.start();
      new ExperienceReader(connection, RejectedRecords.LEFT)
          .read(ReadRequest.of(connection.topics(), run.spec))
          .takeUntil(logged -> logged.segment().actorSteps() == FLOW.maxLead())
          .blockLast();

      DataPointSnapshot steps = points(metrics, "relive_producer_steps").get(0);
      assertEquals(90, ((CounterSnapshot.CounterDataPointSnapshot) steps).getValue());
      assertEquals(Labels.of("run", "metered", "actor", "pole"), steps.getLabels());
      DataPointSnapshot credit = points(metrics, "relive_producer_credit_steps").get(0);
      assertEquals(0, ((GaugeSnapshot.GaugeDataPointSnapshot) credit).getValue());
      DataPointSnapshot returns = points(metrics, "relive_producer_episode_return").get(0);
      assertEquals(
          producer.status().orElseThrow().episodes(),
          ((SummarySnapshot.SummaryDataPointSnapshot) returns).getCount());
    }
  }

  private static List<? extends DataPointSnapshot> points(PrometheusRegistry metrics, String name) {
    return metrics.scrape().stream()
        .filter(snapshot -> snapshot.getMetadata().getName().equals(name))
        .flatMap(snapshot -> snapshot.getDataPoints().stream())
        .toList();
  }

  @Test
  void aProducerEndsWithItsRun() throws Exception {
    try (TestRun run = new TestRun(connection, "ended", FLOW, false);
        ProducerService producer = producer(config("ended"))) {
      run.policy(1, 1);
      producer.start();
      Segment first =
          new ExperienceReader(connection, RejectedRecords.LEFT)
              .read(ReadRequest.of(connection.topics(), run.spec))
              .map(LoggedSegment::segment)
              .blockFirst();
      assertTrue(first != null && first.length() > 0);

      run.state(RunPhase.STOPPED);

      producer.completion().get();
      assertLanesAreClosed(everything(run));
    }
  }

  @Test
  void aProducerWithoutARunSaysSo() {
    ProducerConfig config = config("no-such-run");
    try (ProducerService producer =
        producer(
            new ProducerConfig(
                connection,
                config.run(),
                config.actor(),
                OptionalInt.empty(),
                false,
                DeviceChoice.CPU,
                WriterSettings.DEFAULT,
                Duration.ofMillis(200),
                config.flushTimeout()))) {
      producer.start();

      LogException failure = failure(producer, LogException.class);

      assertTrue(String.valueOf(failure.getMessage()).contains("no-such-run"));
      assertTrue(producer.status().isEmpty());
    }
  }

  @Test
  void moreLanesThanCreditAreRefused() throws Exception {
    try (TestRun run = new TestRun(connection, "too-many-lanes", FLOW, false);
        ProducerService producer = producer(withLanes(config("too-many-lanes"), 91))) {
      producer.start();

      Throwable failure = failure(producer, RuntimeException.class);

      assertTrue(String.valueOf(failure.getMessage()).contains(FlowSettings.MAX_LEAD));
      assertEquals("too-many-lanes", run.spec.getRun());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relive-producer-", "relive-environments-"})
  void anErrorInAThreadOfItsEndsAProducer(String thread) throws Exception {
    NoClassDefFoundError error = new NoClassDefFoundError("missing");
    InstantSource clock =
        () -> {
          if (Thread.currentThread().getName().startsWith(thread)) {
            throw error;
          }
          return Instant.EPOCH;
        };
    String id = "broken-" + thread;
    try (TestRun run = new TestRun(connection, id, FLOW, false);
        ProducerService producer =
            new ProducerService(config(id), new PrometheusRegistry(), clock)) {
      run.policy(1, 1);
      producer.start();

      Throwable failure = failure(producer, Throwable.class);

      assertSame(error, failure instanceof Error ? failure : failure.getCause());
    }
  }

  @Test
  void aProducerThatStillWaitsForItsRunClosesAtOnce() {
    ProducerService producer = producer(config("never"));

    try (producer) {
      producer.start();
    }

    assertFalse(producer.completion().isDone());
  }

  @Test
  void aDeadBrokerLeavesSegmentsInDoubtByName(@TempDir Path own) throws Exception {
    EmbeddedBroker dying = EmbeddedBroker.start(BrokerConfig.in(own));
    LogConnection to = LogConnection.to(dying.bootstrapServers());
    ProducerConfig config =
        new ProducerConfig(
            to,
            null,
            "pole",
            OptionalInt.empty(),
            true,
            DeviceChoice.CPU,
            new WriterSettings(64, 1 << 20, 0, Duration.ofMillis(5), Duration.ofSeconds(1)),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1));
    TestRun run = new TestRun(to, "dying", FLOW, false);
    try (ProducerService producer = producer(config)) {
      run.policy(1, 1);
      run.publisher.flush();
      producer.start();
      new ExperienceReader(to, RejectedRecords.LEFT)
          .read(ReadRequest.of(to.topics(), run.spec))
          .blockFirst();

      dying.close();

      SegmentsInDoubtException failure = failure(producer, SegmentsInDoubtException.class);
      assertFalse(failure.segments().isEmpty());
      assertEquals("pole", failure.segments().get(0).lane().actor());
    }
  }

  private ProducerService producer(ProducerConfig config) {
    return new ProducerService(config, new PrometheusRegistry(), Clock.systemUTC());
  }

  private ProducerConfig config(String run) {
    return config(run, "pole");
  }

  private ProducerConfig config(String run, String actor) {
    return new ProducerConfig(
        connection,
        run,
        actor,
        OptionalInt.empty(),
        false,
        DeviceChoice.CPU,
        WriterSettings.DEFAULT,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30));
  }

  private static ProducerConfig withLanes(ProducerConfig config, int lanes) {
    return new ProducerConfig(
        config.connection(),
        config.run(),
        config.actor(),
        OptionalInt.of(lanes),
        config.freeRunning(),
        config.device(),
        config.writer(),
        config.runTimeout(),
        config.flushTimeout());
  }

  private static <T extends Throwable> T failure(ProducerService producer, Class<T> type) {
    ExecutionException ended =
        assertThrows(
            ExecutionException.class, () -> producer.completion().get(60, TimeUnit.SECONDS));
    @Nullable Throwable cause = ended.getCause();
    assertTrue(type.isInstance(cause), () -> "ended with " + cause);
    return type.cast(cause);
  }

  private List<Segment> everything(TestRun run) {
    ExperienceReader reader = new ExperienceReader(connection, RejectedRecords.LEFT);
    List<Segment> segments =
        reader
            .read(ReadRequest.of(connection.topics(), run.spec).untilNow())
            .map(LoggedSegment::segment)
            .collectList()
            .block();
    assertEquals(0, reader.counters().gaps() + reader.counters().brokenLanes());
    assertEquals(0, reader.counters().rejected().total());
    return segments == null ? List.of() : segments;
  }

  private static void assertLanesAreClosed(List<Segment> segments) {
    Map<Integer, SegmentEnd> last = new HashMap<>();
    segments.forEach(segment -> last.put(segment.lane().lane(), segment.end()));
    assertEquals(FLOW.lanes(), last.size());
    assertFalse(last.containsValue(SegmentEnd.CONTINUES), last::toString);
  }
}
