package dev.relive.evaluator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.agents.Activation;
import dev.relive.agents.Heads;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.LogConnection;
import dev.relive.log.Run;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import dev.relive.service.Metrics;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whole evaluators on a real broker, with the test as the learner. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluatorServiceTest {
  private static final int EPISODES = 20;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final AtomicInteger logs = new AtomicInteger();
  private EmbeddedBroker broker;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  /** An empty log, in which not even the topics are. */
  private LogConnection emptyLog() {
    return new LogConnection(broker.bootstrapServers(), "log" + logs.incrementAndGet(), Map.of());
  }

  @Test
  void aBalancingSnapshotSolvesTheRunAndTheFinalOneEndsIt() throws Exception {
    Metrics metrics = new Metrics();
    LogConnection log = emptyLog();
    try (TestRun run = TestRun.create(log, "solved");
        EvaluatorService evaluator = evaluator(log, "solved", "judge", metrics)) {
      evaluator.start();
      run.publish(run.snapshot(1, TestRun.FALLING, SnapshotReason.PERIODIC));
      double falling = mean(run.awaitEvaluation(1));
      assertTrue(falling < 12, () -> "mean return " + falling);

      run.publish(run.snapshot(2, TestRun.BALANCING, SnapshotReason.PERIODIC));
      RunVerdict verdict = run.registry.watch("solved").mapNotNull(Run::verdict).blockFirst(LIMIT);
      run.end(run.snapshot(3, TestRun.FALLING, SnapshotReason.FINAL));
      evaluator.completion().get();

      List<Evaluation> all = run.evaluationsTo(3);
      assertEquals(List.of(1L, 2L, 2L, 3L), all.stream().map(Evaluation::getVersion).toList());
      assertEquals(
          List.of(false, false, true, false),
          all.stream().map(Evaluation::getConfirmation).toList());
      assertEquals(
          List.of(40L, 80L, 100L, 120L), all.stream().map(Evaluation::getFirstSeed).toList());
      assertTrue(all.stream().allMatch(e -> e.getReturnsCount() == EPISODES));
      assertNotEquals(all.get(0).getReturnsList(), all.get(3).getReturnsList());
      assertNotNull(verdict);
      assertEquals(2, verdict.getVersion());
      assertEquals(475, verdict.getThreshold());
      assertEquals(mean(all.get(1)), verdict.getMeanReturn());
      assertEquals(mean(all.get(2)), verdict.getConfirmedMeanReturn());
      EvaluatorStatus status = evaluator.status().orElseThrow();
      assertNotNull(status.verdict());
      assertEquals(verdict.getAtMicros(), status.verdict().getAtMicros());
      assertEquals(4, status.evaluations());
      assertEquals(4.0, counter(metrics, "relive_evaluator_evaluations"));
    }
  }

  @Test
  void aPolicyWithAValueActsByItsLikeliestActions() throws Exception {
    // The third output is the value, and moves nothing.
    float[] weights = {0, 0, 0, 0, 0, 0, 3, 1, 9, 9, 9, 9, 0, 0, 9};
    NetworkSpec network = new NetworkSpec(4, List.of(), 2, Heads.POLICY_AND_VALUE, Activation.RELU);
    LogConnection log = emptyLog();
    try (TestRun run = TestRun.create(log, "policy");
        EvaluatorService evaluator = evaluator(log, "policy", "judge")) {
      evaluator.start();
      run.publish(run.snapshot(1, network, weights, SnapshotReason.PERIODIC));

      assertTrue(mean(run.awaitEvaluation(1)) >= 475);
    }
  }

  @Test
  void anEvaluatorMayBeThereBeforeEverythingElse() throws Exception {
    LogConnection log = emptyLog();
    try (EvaluatorService evaluator = evaluator(log, null, "early")) {
      evaluator.start();
      try (TestRun run = TestRun.create(log, "late")) {
        run.end(run.snapshot(1, TestRun.FALLING, SnapshotReason.FINAL));
        evaluator.completion().get();

        assertEquals("early", run.awaitEvaluation(1).getEvaluator());
      }
    }
  }

  @Test
  void anErrorWhileEvaluatingEndsTheEvaluator() throws Exception {
    NoClassDefFoundError error = new NoClassDefFoundError("missing");
    InstantSource clock =
        () -> {
          if (Thread.currentThread().getName().equals("relive-broken")) {
            throw error;
          }
          return Instant.EPOCH;
        };
    LogConnection log = emptyLog();
    try (TestRun run = TestRun.create(log, "error");
        EvaluatorService evaluator =
            new EvaluatorService(config(log, "error", "broken", 0), new Metrics(), clock)) {
      evaluator.start();
      run.publish(run.snapshot(1, TestRun.FALLING, SnapshotReason.PERIODIC));

      ExecutionException ended =
          assertThrows(ExecutionException.class, () -> evaluator.completion().get());

      assertSame(error, ended.getCause());
    }
  }

  @Test
  void aDamagedOrUnknownSnapshotIsRefusedAndTheNextOneEvaluated() throws Exception {
    LogConnection log = emptyLog();
    try (TestRun run = TestRun.create(log, "damaged");
        EvaluatorService evaluator = evaluator(log, "damaged-label", "judge")) {
      Snapshot sound = run.snapshot(1, TestRun.FALLING, SnapshotReason.FINAL);
      Snapshot.Builder damaged = sound.toBuilder().setVersion(2);
      byte[] weights = damaged.getWeights().getSafetensors().toByteArray();
      weights[weights.length - 1] ^= 1;
      damaged.getWeightsBuilder().setSafetensors(ByteString.copyFrom(weights));
      Snapshot.Builder unknown = sound.toBuilder().setVersion(3);
      unknown.getNetworkBuilder().setKind("transformer");
      evaluator.start();
      run.publish(sound);
      assertEquals("judge", run.awaitEvaluation(1).getEvaluator());
      run.publish(damaged.build());
      run.publish(unknown.build());
      run.end(run.snapshot(4, TestRun.FALLING, SnapshotReason.FINAL));

      evaluator.completion().get();

      EvaluatorStatus status = evaluator.status().orElseThrow();
      assertEquals(2, status.evaluations());
      assertEquals(4, status.last() == null ? 0 : status.last().version());
      assertEquals(2, status.refused());
    }
  }

  @Test
  void anEvaluatorThatIsClosedEndsWithoutCompletingAndAnotherGoesOn() throws Exception {
    LogConnection log = emptyLog();
    EvaluatorService closed = evaluator(log, "closed", "first");
    try (TestRun run = TestRun.create(log, "closed");
        EvaluatorService other = evaluator(log, "closed", "second")) {
      try (closed) {
        closed.start();
        run.publish(run.snapshot(1, TestRun.FALLING, SnapshotReason.PERIODIC));
        assertEquals("first", run.awaitEvaluation(1).getEvaluator());
      }
      other.start();
      run.end(run.snapshot(2, TestRun.FALLING, SnapshotReason.FINAL));
      other.completion().get();

      assertEquals("second", run.awaitEvaluation(2).getEvaluator());
      assertFalse(closed.completion().isDone());
    }
  }

  @Test
  void whatAKilledEvaluatorWasAtIsEvaluatedByAnotherOnce() throws Exception {
    LogConnection log = emptyLog();
    try (TestRun run = TestRun.create(log, "killed");
        EvaluatorService standby = evaluator(log, "killed", "standby")) {
      run.publish(run.snapshot(1, TestRun.BALANCING, SnapshotReason.PERIODIC));
      Process victim = EvaluatorProcess.start(log, "killed", "victim");
      try (BufferedReader told = victim.inputReader()) {
        assertEquals(EvaluatorProcess.EVALUATING, told.readLine());
        standby.start();
      } finally {
        victim.destroyForcibly().waitFor();
      }

      assertEquals("standby", run.awaitEvaluation(1).getEvaluator());
      run.end(run.snapshot(2, TestRun.FALLING, SnapshotReason.FINAL));
      standby.completion().get();
      List<Evaluation> all = run.evaluationsTo(2);
      assertEquals(List.of(1L, 1L, 2L), all.stream().map(Evaluation::getVersion).toList());
      assertEquals(
          List.of(false, true, false), all.stream().map(Evaluation::getConfirmation).toList());
      RunVerdict verdict = run.registry.find("killed").verdict();
      assertNotNull(verdict);
      assertEquals(1, verdict.getVersion());
    }
  }

  @Test
  void allEvaluatorsEndWithTheRunWhoeverEvaluatedIt() throws Exception {
    LogConnection log = emptyLog();
    try (TestRun run = TestRun.create(log, "shared");
        EvaluatorService first = evaluator(log, "shared", "first");
        EvaluatorService second = evaluator(log, "shared", "second")) {
      first.start();
      second.start();
      run.publish(run.snapshot(1, TestRun.BALANCING, SnapshotReason.PERIODIC));
      assertTrue(mean(run.awaitEvaluation(1)) >= 475);
      for (long version = 2; version <= 3; version++) {
        run.publish(run.snapshot(version, TestRun.BALANCING, SnapshotReason.FINAL));
      }
      run.end(run.snapshot(4, TestRun.BALANCING, SnapshotReason.FINAL));
      first.completion().get();
      second.completion().get();

      // The first that balances is confirmed, and solves the run.
      assertEquals(
          List.of(1L, 1L, 2L, 3L, 4L),
          run.evaluationsTo(4).stream().map(Evaluation::getVersion).toList());
      EvaluatorStatus one = first.status().orElseThrow();
      EvaluatorStatus other = second.status().orElseThrow();
      assertEquals(5, one.evaluations() + other.evaluations());
      RunVerdict verdict = run.registry.find("shared").verdict();
      assertNotNull(verdict);
      assertEquals(1, verdict.getVersion());
    }
  }

  @Test
  void stochasticEpisodesExploreAsTheSnapshotSaysAndSolveNothing() throws Exception {
    LogConnection log = emptyLog();
    Metrics metrics = new Metrics();
    try (TestRun run = TestRun.create(log, "stochastic");
        EvaluatorService evaluator =
            new EvaluatorService(
                config(log, "stochastic", "judge", 10), metrics, Clock.systemUTC())) {
      evaluator.start();
      Snapshot balancing = run.snapshot(1, TestRun.BALANCING, SnapshotReason.FINAL);
      run.publish(balancing.toBuilder().setEpsilon(1).build());
      assertEquals("judge", run.awaitEvaluation(1).getEvaluator());
      run.publish(balancing.toBuilder().setVersion(2).setEpsilon(0).build());
      run.end(balancing.toBuilder().setVersion(3).build()); // Older than the field.
      evaluator.completion().get();

      List<Evaluation> all = run.evaluationsTo(3);
      assertEquals(
          List.of(
              "1 greedy", "1 confirmed", "1 stochastic", "2 greedy", "2 stochastic", "3 greedy"),
          all.stream().map(EvaluatorServiceTest::kind).toList());
      Evaluation random = all.get(2);
      assertEquals((1L << 62) + 10, random.getFirstSeed());
      assertEquals(10, random.getReturnsCount());
      assertTrue(mean(random) < 60, () -> "mean return at random " + mean(random));
      assertTrue(mean(all.get(4)) >= 475, () -> "mean return with ε 0 " + mean(all.get(4)));
      EvaluatorStatus status = evaluator.status().orElseThrow();
      assertEquals(2, status.stochastic() == null ? 0 : status.stochastic().version());
      assertEquals(6, status.evaluations());
    }
  }

  private static String kind(Evaluation evaluation) {
    String how =
        evaluation.getConfirmation()
            ? "confirmed"
            : evaluation.getGreedy() ? "greedy" : "stochastic";
    return evaluation.getVersion() + " " + how;
  }

  @Test
  void theBestIsKnownAgainAfterARestart() throws Exception {
    LogConnection log = emptyLog();
    try (TestRun run = TestRun.create(log, "best")) {
      try (EvaluatorService first = evaluator(log, "best", "first")) {
        first.start();
        run.publish(run.snapshot(1, TestRun.BALANCING, SnapshotReason.FINAL));
        assertEquals("first", run.awaitEvaluation(1).getEvaluator());
      }
      try (EvaluatorService second = evaluator(log, "best", "second")) {
        second.start();
        run.publish(run.snapshot(2, TestRun.FALLING, SnapshotReason.FINAL));
        assertEquals("second", run.awaitEvaluation(2).getEvaluator());
        run.end(run.snapshot(3, TestRun.FALLING, SnapshotReason.FINAL));
        second.completion().get();

        EvaluatorStatus status = second.status().orElseThrow();
        assertEquals(1, status.best() == null ? 0 : status.best().version());
        assertEquals(3, status.last() == null ? 0 : status.last().version());
      }
    }
  }

  private static EvaluatorService evaluator(LogConnection log, @Nullable String run, String name) {
    return evaluator(log, run, name, new Metrics());
  }

  private static EvaluatorService evaluator(
      LogConnection log, @Nullable String run, String name, Metrics metrics) {
    return new EvaluatorService(config(log, run, name, 0), metrics, Clock.systemUTC());
  }

  private static EvaluatorConfig config(
      LogConnection log, @Nullable String run, String name, int stochasticEpisodes) {
    return new EvaluatorConfig(
        log, run, name, EPISODES, stochasticEpisodes, 8, DeviceChoice.CPU, LIMIT, false);
  }

  private static double mean(Evaluation evaluation) {
    return evaluation.getReturnsList().stream()
        .collect(Collectors.averagingDouble(Double::doubleValue));
  }

  private static double counter(Metrics metrics, String name) {
    MetricSnapshot found =
        metrics.registry().scrape().stream()
            .filter(snapshot -> snapshot.getMetadata().getName().equals(name))
            .findFirst()
            .orElseThrow();
    return ((CounterSnapshot) found).getDataPoints().get(0).getValue();
  }
}
