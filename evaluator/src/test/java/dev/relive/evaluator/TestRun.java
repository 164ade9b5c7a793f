package dev.relive.evaluator;

import dev.relive.agents.Activation;
import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.Heads;
import dev.relive.agents.ModelMessages;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Tensors;
import dev.relive.environments.Environments;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.Publication;
import dev.relive.log.RunFeeds;
import dev.relive.log.RunPublisher;
import dev.relive.log.RunRegistry;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import java.time.Duration;
import java.util.List;

/** A run of CartPole-v1 whose learner is the test. */
final class TestRun implements AutoCloseable {
  static final NetworkSpec NETWORK =
      new NetworkSpec(4, List.of(), 2, Heads.ACTION_VALUES, Activation.RELU);

  /** Weights [2, 4] and biases [2] of a balancing policy: right where 3θ + θ' > 0. */
  static final float[] BALANCING = {0, 0, 0, 0, 0, 0, 3, 1, 0, 0};

  /** Always to the left: episodes of about nine steps. */
  static final float[] FALLING = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0};

  private static final Duration LIMIT = Duration.ofSeconds(60);

  final String id;
  final RunRegistry registry;
  private final RunFeeds feeds;
  private final RunPublisher publisher;

  private TestRun(LogConnection connection, RunSpec spec) throws InterruptedException {
    id = spec.getRun();
    registry = new RunRegistry(connection);
    registry.create(spec);
    feeds = new RunFeeds(connection);
    publisher = RunPublisher.open(connection, id);
    state(RunPhase.ACTIVE);
  }

  /** Creates what there is not yet. */
  static TestRun create(LogConnection connection, String id) throws InterruptedException {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(connection.topics().shared());
    }
    return new TestRun(
        connection,
        RunSpec.newBuilder()
            .setRun(id)
            .setLabel(id + "-label")
            .setSeed(5)
            .setEnvironment(EnvironmentMessages.message(Environments.spec("CartPole-v1")))
            .build());
  }

  void publish(Snapshot snapshot) throws InterruptedException {
    publisher.publish(Publication.of(Progress.getDefaultInstance()).with(snapshot));
    publisher.flush();
  }

  /** Publishes the last snapshot and ends the run. */
  void end(Snapshot snapshot) throws InterruptedException {
    publish(snapshot);
    state(RunPhase.STOPPED);
  }

  private void state(RunPhase phase) throws InterruptedException {
    publisher.publish(
        Publication.of(Progress.getDefaultInstance())
            .with(RunState.newBuilder().setPhase(phase).build()));
    publisher.flush();
  }

  Snapshot snapshot(long version, float[] weights, SnapshotReason reason) {
    return snapshot(version, NETWORK, weights, reason);
  }

  Snapshot snapshot(long version, NetworkSpec network, float[] weights, SnapshotReason reason) {
    return Snapshot.newBuilder()
        .setRun(id)
        .setVersion(version)
        .setReason(reason)
        .setNetwork(ModelMessages.message(network))
        .setWeights(ModelMessages.message(Tensors.of(network.tensors(), weights)))
        .build();
  }

  /** Waits for the evaluation of a version. */
  Evaluation awaitEvaluation(long version) {
    Evaluation found =
        feeds
            .evaluations(id)
            .filter(evaluation -> evaluation.getVersion() == version)
            .blockFirst(LIMIT);
    if (found == null) {
      throw new AssertionError("version " + version + " is not evaluated");
    }
    return found;
  }

  /** All evaluations committed up to the one of the last version, which is evaluated. */
  List<Evaluation> evaluationsTo(long lastVersion) {
    List<Evaluation> all =
        feeds
            .evaluations(id)
            .takeUntil(evaluation -> evaluation.getVersion() == lastVersion)
            .collectList()
            .block(LIMIT);
    return all == null ? List.of() : all;
  }

  @Override
  public void close() {
    publisher.close();
    registry.close();
  }
}
