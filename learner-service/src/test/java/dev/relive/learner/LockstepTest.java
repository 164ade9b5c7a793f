package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.agents.EnvironmentMessages;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.environments.Environments;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.log.ExperienceReader;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.LoggedSegment;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.RunRegistry;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import dev.relive.producers.ProducerConfig;
import dev.relive.producers.ProducerService;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A learner and a producer that go step by step together, through a real broker. */
@TestInstance(Lifecycle.PER_CLASS)
class LockstepTest {
  private EmbeddedBroker broker;
  private int logs;

  /** What is left of a run: its segments but for their times, and its weights. */
  private record Trace(List<String> segments, List<ByteString> weights) {}

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @Test
  void actorCriticLearnsFromExactlyWhatItsNewestWeightsDid() throws Exception {
    BrokerLog log = newLog();
    NewRun run =
        newRun(
            Algorithm.ACTOR_CRITIC,
            7,
            false,
            Map.of("schedule.steps", "40960", "schedule.snapshot-every", "10240"));
    try (LearnerService learner = log.started(run);
        ProducerService producer = producer(log, learner.run())) {
      producer.start();
      BrokerLog.await(learner.completion());

      LearnerStatus status = learner.status();
      assertEquals(160, status.updates());
      assertEquals(0, status.staleSteps());
      List<LoggedSegment> segments = segments(log, learner.run());
      double first = meanLength(segments, 0).orElseThrow();
      assertTrue(first < 60, "it began with " + first);
      // It goes up and down as it explores: of forty runs the worst had come to 228 by then.
      double best =
          LongStream.range(0, 16)
              .mapToObj(tens -> meanLength(segments, 10 * tens))
              .flatMapToDouble(OptionalDouble::stream)
              .max()
              .orElseThrow();
      assertTrue(best > 120, "it came to " + best);
    }
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void aDeterministicRunHasOneLogAndOneResultPerSeed(Algorithm algorithm) throws Exception {
    Trace once = trace(deterministic(algorithm, 7));
    assertEquals(once, trace(deterministic(algorithm, 7)));
    assertNotEquals(once, trace(deterministic(algorithm, 8)));
  }

  @Test
  void aDeterministicRunIsMadeOnceAndEndsByItsStepsAlone() throws Exception {
    BrokerLog log = newLog();
    NewRun run = deterministic(Algorithm.DOUBLE_DQN, 7);
    try (LearnerService learner = log.started(run);
        RunRegistry registry = new RunRegistry(log.connection());
        ProducerService producer = producer(log, learner.run())) {
      registry.setVerdict(RunVerdict.newBuilder().setRun(learner.run()).setVersion(1).build());
      producer.start();
      BrokerLog.await(learner.completion());
      assertEquals(2048, learner.status().runSteps());
      try (LearnerService second = log.learner(run)) {
        assertEquals(
            "The deterministic run of these settings and seed 7 is in the log already: resume run %s, or take another seed or topic prefix."
                .formatted(learner.run()),
            assertThrows(LogException.class, second::start).getMessage());
      }
    }
  }

  private Trace trace(NewRun run) throws Exception {
    BrokerLog log = newLog();
    try (LearnerService learner = log.started(run);
        ProducerService producer = producer(log, learner.run())) {
      producer.start();
      BrokerLog.await(learner.completion());
      BrokerLog.await(producer.completion());
      return new Trace(
          segments(log, learner.run()).stream().map(l -> withoutTimes(l.segment())).toList(),
          log.snapshots(learner.run(), 1).stream()
              .map(Snapshot::getWeights)
              .map(weights -> weights.getSha256())
              .toList());
    }
  }

  private static String withoutTimes(Segment segment) {
    float[] rewards = new float[segment.length()];
    segment.rewards().copyRows(0, segment.length(), rewards, 0);
    int[] actions = new int[segment.length()];
    segment.actions().copyRows(0, segment.length(), actions, 0);
    float[] observations =
        new float[segment.observations().rows() * segment.observations().rowElements()];
    segment.observations().copyRows(0, segment.observations().rows(), observations, 0);
    return "%s #%d episode %d+%d %s by %s: %s %s %s"
        .formatted(
            segment.lane(),
            segment.sequence(),
            segment.episode(),
            segment.firstStep(),
            segment.end(),
            segment.policyVersions(),
            Arrays.toString(actions),
            Arrays.toString(rewards),
            Arrays.hashCode(observations));
  }

  private static NewRun deterministic(Algorithm algorithm, long seed) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "schedule.steps", "2048",
                "schedule.snapshot-every", "500",
                "flow.lanes", "4",
                "flow.segment-length", "40",
                "network.hidden-sizes", "8"));
    if (algorithm == Algorithm.DOUBLE_DQN) {
      settings.put("flow.max-lead", "128");
      settings.put("schedule.learning-starts", "200");
    } else {
      settings.put("flow.max-lead", "64");
      settings.put("actor-critic.batch-size", "64");
    }
    return newRun(algorithm, seed, true, settings);
  }

  private static NewRun newRun(
      Algorithm algorithm, long seed, boolean deterministic, Map<String, String> settings) {
    return new NewRun(
        "",
        EnvironmentMessages.message(Environments.spec("CartPole-v1")),
        algorithm,
        TestRuns.settings(algorithm, settings),
        seed,
        deterministic);
  }

  /** The mean length of the episodes that a version and the nine after it ended, if any. */
  private static OptionalDouble meanLength(List<LoggedSegment> segments, long version) {
    return segments.stream()
        .map(LoggedSegment::segment)
        .filter(segment -> segment.length() > 0)
        .filter(segment -> segment.end() != SegmentEnd.CONTINUES)
        .filter(segment -> segment.end() != SegmentEnd.ABANDONED)
        .filter(segment -> segment.policyVersions().at(segment.length() - 1) >= version)
        .filter(segment -> segment.policyVersions().at(segment.length() - 1) < version + 10)
        .mapToLong(Segment::nextStep)
        .average();
  }

  private static List<LoggedSegment> segments(BrokerLog log, String run) {
    List<LoggedSegment> segments =
        new ExperienceReader(log.connection(), RejectedRecords.LEFT)
            .read(ReadRequest.of(log.connection().topics(), log.run(run).spec()).untilNow())
            .collectList()
            .block(BrokerLog.PATIENCE);
    return segments == null ? List.of() : segments;
  }

  private static ProducerService producer(BrokerLog log, String run) {
    return new ProducerService(
        ProducerConfig.of(log.connection()).withRun(run),
        new PrometheusRegistry(),
        Clock.systemUTC());
  }

  private BrokerLog newLog() {
    return new BrokerLog(new LogConnection(broker.bootstrapServers(), "log" + logs++, Map.of()));
  }
}
