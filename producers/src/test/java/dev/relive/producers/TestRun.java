package dev.relive.producers;

import dev.relive.agents.Activation;
import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.Heads;
import dev.relive.agents.ModelMessages;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Tensors;
import dev.relive.environments.Environments;
import dev.relive.environments.random.Generator;
import dev.relive.log.FlowSettings;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.Publication;
import dev.relive.log.RunPublisher;
import dev.relive.log.RunRegistry;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import java.util.ArrayList;
import java.util.List;

/** A run of CartPole in a real log, with the learner's side of it in the test's hands. */
final class TestRun implements AutoCloseable {
  static final NetworkSpec NETWORK =
      new NetworkSpec(4, List.of(8), 2, Heads.ACTION_VALUES, Activation.RELU);

  final RunSpec spec;
  final RunPublisher publisher;
  private final RunRegistry registry;

  TestRun(LogConnection connection, String run, FlowSettings flow, boolean deterministic)
      throws InterruptedException {
    spec = spec(run, flow, deterministic);
    TopicCatalogue topics = connection.topics();
    try (LogAdmin admin = LogAdmin.open(connection)) {
      List<dev.relive.log.Topic> needed = new ArrayList<>(topics.shared());
      needed.add(topics.experience(run));
      admin.ensure(needed);
    }
    registry = new RunRegistry(connection);
    registry.create(spec);
    publisher = RunPublisher.open(connection, run);
    state(RunPhase.ACTIVE);
  }

  private static RunSpec spec(String run, FlowSettings flow, boolean deterministic) {
    return RunSpec.newBuilder()
        .setRun(run)
        .setSeed(11)
        .setDeterministic(deterministic)
        .setStream(run)
        .setEnvironment(EnvironmentMessages.message(Environments.spec("CartPole-v1")))
        .addAllSettings(flow.toSettings().toMessages())
        .addPartitions(PartitionRange.newBuilder())
        .build();
  }

  void state(RunPhase phase) throws InterruptedException {
    publisher.publish(
        Publication.of(Progress.getDefaultInstance())
            .with(RunState.newBuilder().setPhase(phase).build()));
    publisher.flush();
  }

  /** Publishes weights of a seed to act by. */
  void policy(long version, double epsilon) throws InterruptedException {
    publisher.publish(
        Publication.of(Progress.getDefaultInstance())
            .withPolicy(() -> policy(spec.getRun(), version, epsilon)));
  }

  static Policy policy(String run, long version, double epsilon) {
    float[] weights = NETWORK.initialParameters(Generator.seeded(version));
    return policy(run, version, NETWORK, weights).toBuilder().setEpsilon((float) epsilon).build();
  }

  static Policy policy(String run, long version, NetworkSpec network, float[] weights) {
    return Policy.newBuilder()
        .setRun(run)
        .setVersion(version)
        .setNetwork(ModelMessages.message(network))
        .setWeights(ModelMessages.message(Tensors.of(network.tensors(), weights)))
        .build();
  }

  /** Says how much of an actor epoch has been ingested. */
  void ingested(String actor, long epoch, long steps) throws InterruptedException {
    publisher.publish(
        Publication.of(
            Progress.newBuilder()
                .addActors(
                    ActorProgress.newBuilder().setActor(actor).setEpoch(epoch).setSteps(steps))
                .build()));
  }

  @Override
  public void close() {
    publisher.close();
    registry.close();
  }
}
