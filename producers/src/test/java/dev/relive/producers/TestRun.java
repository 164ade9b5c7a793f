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
import dev.relive.log.LaneId;
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

  /** A new run, which is active. */
  TestRun(LogConnection connection, String run, FlowSettings flow, boolean deterministic)
      throws InterruptedException {
    this(connection, create(connection, spec(run, flow, deterministic)));
    state(RunPhase.ACTIVE);
  }

  private TestRun(LogConnection connection, RunSpec spec) {
    this.spec = spec;
    publisher = RunPublisher.open(connection, spec.getRun());
  }

  /** The next learner of a run. */
  static TestRun resume(
      LogConnection connection, String run, FlowSettings flow, boolean deterministic) {
    return new TestRun(connection, spec(run, flow, deterministic));
  }

  private static RunSpec create(LogConnection connection, RunSpec spec) {
    TopicCatalogue topics = connection.topics();
    try (LogAdmin admin = LogAdmin.open(connection);
        RunRegistry registry = new RunRegistry(connection)) {
      List<dev.relive.log.Topic> needed = new ArrayList<>(topics.shared());
      needed.add(topics.experience(spec.getStream()));
      admin.ensure(needed);
      registry.create(spec);
    }
    return spec;
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

  /** Publishes weights that every step from now on needs, and what is ingested of an actor. */
  void requiredPolicy(long version, LaneId actor, long steps) throws InterruptedException {
    publisher.publish(
        Publication.of(
                Progress.newBuilder()
                    .setRequiredPolicyVersion(version)
                    .addActors(entry(actor.actor(), actor.epoch(), steps))
                    .build())
            .withPolicy(() -> policy(spec.getRun(), version, 1)));
  }

  /** Says how much of an actor epoch has been ingested. */
  void ingested(String actor, long epoch, long steps) throws InterruptedException {
    progress(Progress.newBuilder().addActors(entry(actor, epoch, steps)));
  }

  void progress(Progress.Builder progress) throws InterruptedException {
    publisher.publish(Publication.of(progress.build()));
  }

  private static ActorProgress.Builder entry(String actor, long epoch, long steps) {
    return ActorProgress.newBuilder().setActor(actor).setEpoch(epoch).setSteps(steps);
  }

  @Override
  public void close() {
    publisher.close();
  }
}
