package dev.relive.evaluator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.agents.Activation;
import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.Heads;
import dev.relive.agents.ModelMessages;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Tensors;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.environments.Environments;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.Publication;
import dev.relive.log.Run;
import dev.relive.log.RunFeeds;
import dev.relive.log.RunPublisher;
import dev.relive.log.RunRegistry;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole evaluator on a real broker, with the test as the learner. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluatorServiceTest {
  private static final int EPISODES = 20;
  private static final NetworkSpec NETWORK =
      new NetworkSpec(4, List.of(), 2, Heads.ACTION_VALUES, Activation.RELU);

  /** Weights [2, 4] and biases [2] of a balancing policy: right where 3θ + θ' > 0. */
  private static final float[] BALANCING = {0, 0, 0, 0, 0, 0, 3, 1, 0, 0};

  /** Always to the left: episodes of about nine steps. */
  private static final float[] FALLING = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0};

  private EmbeddedBroker broker;
  private LogConnection connection;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
    connection = LogConnection.to(broker.bootstrapServers());
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(connection.topics().shared());
    }
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @Test
  void aBalancingSnapshotSolvesTheRunAndTheFinalOneEndsIt() throws Exception {
    PrometheusRegistry metrics = new PrometheusRegistry();
    RunFeeds feeds = new RunFeeds(connection);
    try (RunRegistry registry = new RunRegistry(connection);
        RunPublisher publisher = createRun(registry, "solved");
        EvaluatorService evaluator = evaluator("solved", metrics)) {
      evaluator.start();
      publish(publisher, snapshot("solved", 1, FALLING, SnapshotReason.PERIODIC));
      Evaluation falling = feeds.evaluations("solved").blockFirst();
      assertNotNull(falling);
      assertTrue(mean(falling) < 12, () -> "mean return " + mean(falling));

      publish(publisher, snapshot("solved", 2, BALANCING, SnapshotReason.PERIODIC));
      RunVerdict verdict =
          registry.watch("solved").mapNotNull(Run::verdict).blockFirst(Duration.ofSeconds(60));
      publish(publisher, snapshot("solved", 3, FALLING, SnapshotReason.FINAL));
      state(publisher, RunPhase.STOPPED);
      evaluator.completion().get();

      List<Evaluation> all = feeds.evaluations("solved").take(4).collectList().block();
      assertNotNull(all);
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
  void aDamagedSnapshotIsRefusedAndTheNextOneEvaluated() throws Exception {
    Snapshot.Builder damaged = snapshot("damaged", 2, FALLING, SnapshotReason.FINAL).toBuilder();
    byte[] weights = damaged.getWeights().getSafetensors().toByteArray();
    weights[weights.length - 1] ^= 1;
    damaged.getWeightsBuilder().setSafetensors(ByteString.copyFrom(weights));
    try (RunRegistry registry = new RunRegistry(connection);
        RunPublisher publisher = createRun(registry, "damaged");
        EvaluatorService evaluator = evaluator("damaged", new PrometheusRegistry())) {
      evaluator.start();
      publish(publisher, snapshot("damaged", 1, FALLING, SnapshotReason.PERIODIC));
      assertNotNull(new RunFeeds(connection).evaluations("damaged").blockFirst());
      publish(publisher, damaged.build());
      publish(publisher, snapshot("damaged", 3, FALLING, SnapshotReason.FINAL));
      state(publisher, RunPhase.STOPPED);

      evaluator.completion().get();

      EvaluatorStatus status = evaluator.status().orElseThrow();
      assertEquals(2, status.evaluations());
      assertEquals(3, status.last() == null ? 0 : status.last().version());
      assertEquals(1, status.refused());
    }
  }

  @Test
  void anEvaluatorThatIsClosedEndsWithoutCompleting() throws Exception {
    EvaluatorService evaluator = evaluator("closed", new PrometheusRegistry());
    try (RunRegistry registry = new RunRegistry(connection);
        RunPublisher publisher = createRun(registry, "closed");
        evaluator) {
      evaluator.start();
      publish(publisher, snapshot("closed", 1, FALLING, SnapshotReason.PERIODIC));
      assertNotNull(new RunFeeds(connection).evaluations("closed").blockFirst());
    }

    assertFalse(evaluator.completion().isDone());
  }

  private EvaluatorService evaluator(String run, PrometheusRegistry metrics) {
    EvaluatorConfig config =
        new EvaluatorConfig(
            connection, run, "judge", EPISODES, 8, DeviceChoice.CPU, Duration.ofSeconds(60));
    return new EvaluatorService(config, metrics, Clock.systemUTC());
  }

  private RunPublisher createRun(RunRegistry registry, String run) throws InterruptedException {
    registry.create(
        RunSpec.newBuilder()
            .setRun(run)
            .setSeed(5)
            .setEnvironment(EnvironmentMessages.message(Environments.spec("CartPole-v1")))
            .build());
    RunPublisher publisher = RunPublisher.open(connection, run);
    state(publisher, RunPhase.ACTIVE);
    return publisher;
  }

  private static void state(RunPublisher publisher, RunPhase phase) throws InterruptedException {
    publisher.publish(
        Publication.of(Progress.getDefaultInstance())
            .with(RunState.newBuilder().setPhase(phase).build()));
    publisher.flush();
  }

  private static void publish(RunPublisher publisher, Snapshot snapshot)
      throws InterruptedException {
    publisher.publish(Publication.of(Progress.getDefaultInstance()).with(snapshot));
    publisher.flush();
  }

  private static Snapshot snapshot(
      String run, long version, float[] weights, SnapshotReason reason) {
    return Snapshot.newBuilder()
        .setRun(run)
        .setVersion(version)
        .setReason(reason)
        .setNetwork(ModelMessages.message(NETWORK))
        .setWeights(ModelMessages.message(Tensors.of(NETWORK.tensors(), weights)))
        .build();
  }

  private static double mean(Evaluation evaluation) {
    return evaluation.getReturnsList().stream()
        .collect(Collectors.averagingDouble(Double::doubleValue));
  }

  private static double counter(PrometheusRegistry metrics, String name) {
    MetricSnapshot found =
        metrics.scrape().stream()
            .filter(snapshot -> snapshot.getMetadata().getName().equals(name))
            .findFirst()
            .orElseThrow();
    return ((CounterSnapshot) found).getDataPoints().get(0).getValue();
  }
}
