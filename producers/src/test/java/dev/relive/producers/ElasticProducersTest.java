package dev.relive.producers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.ExperienceReader;
import dev.relive.log.FlowSettings;
import dev.relive.log.LaneId;
import dev.relive.log.LogConnection;
import dev.relive.log.LoggedSegment;
import dev.relive.log.PolicyVersions;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.Segment;
import dev.relive.log.WriterSettings;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** Producers that come late, are killed, or outlive their learner, on a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ElasticProducersTest {
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
  void aProducerThatIsNotListedStepsByItsPlaceInTheLog() throws Exception {
    try (TestRun run = new TestRun(connection, "unlisted", FLOW, false);
        ProducerService producer = producer("unlisted", "pole")) {
      run.policy(1, 1);
      producer.start();
      for (LoggedSegment logged :
          records(run).takeUntil(s -> s.segment().actorSteps() >= 600).toIterable(1)) {
        run.progress(
            Progress.newBuilder()
                .setNextSegment(Position.newBuilder().setOffset(logged.offset() + 1)));
      }

      assertTrue(producer.status().orElseThrow().steps() >= 600);
    }
  }

  @Test
  void aLearnerThatComesBackFindsItsProducersWaiting() throws Exception {
    try (ProducerService producer = producer("comes-back", "pole")) {
      long epoch;
      try (TestRun run = new TestRun(connection, "comes-back", FLOW, false)) {
        run.policy(1, 1);
        producer.start();
        epoch = awaitSteps(run, 90).lane().epoch();
        run.ingested("pole", epoch, 90);
        awaitSteps(run, 180);
      }
      try (TestRun resumed = TestRun.resume(connection, "comes-back", FLOW, false)) {
        assertEquals(2, resumed.publisher.generation());
        // From its checkpoint on it ingests again, so at first less than before.
        resumed.ingested("pole", epoch, 40);
        resumed.ingested("pole", epoch, 180);

        assertEquals(epoch, awaitSteps(resumed, 270).lane().epoch());
      }
    }
  }

  @Test
  void aProducerInLockstepMakesItsRoundWithEveryVersionThatIsRequired() throws Exception {
    try (TestRun run = new TestRun(connection, "lockstep", FLOW, false);
        ProducerService producer = producer("lockstep", "pole")) {
      run.requiredPolicy(1, new LaneId(run.spec.getRun(), "pole", 0, 0), 0);
      producer.start();
      Map<Long, Integer> stepsOfVersion = new HashMap<>();
      for (long version = 1; version <= 5; version++) {
        Segment last = awaitSteps(run, version * FLOW.maxLead());
        run.requiredPolicy(version + 1, last.lane(), last.actorSteps());
      }
      records(run)
          .map(LoggedSegment::segment)
          .takeUntil(segment -> segment.actorSteps() == 5L * FLOW.maxLead())
          .doOnNext(segment -> count(segment, stepsOfVersion))
          .blockLast();

      assertEquals(Map.of(1L, 90, 2L, 90, 3L, 90, 4L, 90, 5L, 90), stepsOfVersion);
    }
  }

  private static void count(Segment segment, Map<Long, Integer> stepsOfVersion) {
    PolicyVersions versions = segment.policyVersions();
    for (int step = 0; step < segment.length(); step++) {
      stepsOfVersion.merge(versions.at(step), 1, Integer::sum);
    }
  }

  @Test
  void aKilledProducerLeavesNoGapAndItsSuccessorIsAnotherEpoch() throws Exception {
    try (TestRun run = new TestRun(connection, "killed", FLOW, false)) {
      run.policy(1, 1);
      Process victim = ProducerProcess.start(connection, "killed", "pole");
      try {
        awaitSteps(run, 2_000);
      } finally {
        victim.destroyForcibly().waitFor();
      }
      Set<Long> epochs = new LinkedHashSet<>();
      ExperienceReader reader = new ExperienceReader(connection, RejectedRecords.LEFT);
      try (ProducerService successor = producer("killed", "pole")) {
        successor.start();
        reader
            .read(ReadRequest.of(connection.topics(), run.spec))
            .map(LoggedSegment::segment)
            .doOnNext(segment -> epochs.add(segment.lane().epoch()))
            .takeUntil(segment -> epochs.size() == 2 && segment.actorSteps() == FLOW.maxLead())
            .blockLast();
      }

      assertEquals(0, reader.counters().gaps() + reader.counters().brokenLanes());
      assertEquals(0, reader.counters().duplicates());
    }
  }

  @Test
  void producersJoinARunThatIsUnderWay() throws Exception {
    try (TestRun run = new TestRun(connection, "joined", FLOW, false);
        ProducerService first = producer("joined", "first");
        ProducerService late = producer("joined", "late")) {
      run.policy(1, 1);
      first.start();
      awaitSteps(run, FLOW.maxLead());

      late.start();
      List<String> actors =
          records(run)
              .map(logged -> logged.segment().lane().actor())
              .distinct()
              .take(2)
              .collectList()
              .block();

      assertEquals(List.of("first", "late"), actors);
      assertFalse(late.completion().isDone());
    }
  }

  private Segment awaitSteps(TestRun run, long actorSteps) {
    return records(run)
        .map(LoggedSegment::segment)
        .filter(segment -> segment.actorSteps() >= actorSteps)
        .next()
        .blockOptional()
        .orElseThrow();
  }

  private Flux<LoggedSegment> records(TestRun run) {
    return new ExperienceReader(connection, RejectedRecords.LEFT)
        .read(ReadRequest.of(connection.topics(), run.spec));
  }

  private ProducerService producer(String run, String actor) {
    return new ProducerService(
        new ProducerConfig(
            connection,
            run,
            actor,
            OptionalInt.empty(),
            false,
            DeviceChoice.CPU,
            WriterSettings.DEFAULT,
            Duration.ofSeconds(60),
            Duration.ofSeconds(30)),
        new PrometheusRegistry(),
        Clock.systemUTC());
  }
}
