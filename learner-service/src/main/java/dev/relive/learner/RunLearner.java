package dev.relive.learner;

import dev.relive.agents.DoubleDqn;
import dev.relive.agents.Heads;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.TransitionBatch;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.RunPublisher;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.time.Clock;

/** A run's pipeline and what it computes with, made of the run's spec and seed. */
final class RunLearner implements AutoCloseable {
  private final Compute compute;
  private final TransitionBatch batch;
  private final DoubleDqn learner;
  private final Publications publications;
  private final LearnerPipeline pipeline;

  private RunLearner(
      Compute compute,
      TransitionBatch batch,
      DoubleDqn learner,
      Publications publications,
      LearnerPipeline pipeline) {
    this.compute = compute;
    this.batch = batch;
    this.learner = learner;
    this.publications = publications;
    this.pipeline = pipeline;
  }

  static RunLearner open(
      RunSpec spec,
      ReplaySettings settings,
      DeviceChoice device,
      RunPublisher publisher,
      Clock clock) {
    NetworkSpec network = network(spec.getEnvironment(), settings);
    RunSeeds seeds = new RunSeeds(spec.getSeed());
    Compute compute = Compute.open(device);
    TransitionBatch batch =
        new TransitionBatch(compute, settings.batchSize(), network.observationSize());
    DoubleDqn learner =
        new DoubleDqn(
            compute, network, settings.update(), network.initialParameters(seeds.initialisation()));
    Publications publications =
        new Publications(spec, network, settings.exploration(), publisher, clock);
    LearnerPipeline pipeline =
        new LearnerPipeline(
            settings,
            new ReplayBuffer(settings.replayCapacity(), network.observationSize()),
            seeds.replay(),
            batch,
            learner,
            publications);
    return new RunLearner(compute, batch, learner, publications, pipeline);
  }

  private static NetworkSpec network(EnvironmentSpec environment, ReplaySettings settings) {
    Space actions = environment.getActions();
    if (actions.getKind() != SpaceKind.DISCRETE || actions.getStart() != 0) {
      throw new InvalidSettingException(
          "The algorithm "
              + Algorithm.DOUBLE_DQN
              + " needs discrete actions counted from 0, and those of "
              + environment.getId()
              + " are not.");
    }
    int observationSize =
        environment.getObservations().getShapeList().stream()
            .reduce(1, (size, extent) -> Math.multiplyExact(size, extent));
    return new NetworkSpec(
        observationSize,
        settings.hiddenSizes(),
        Math.toIntExact(actions.getCounts(0)),
        Heads.ACTION_VALUES,
        settings.activation());
  }

  LearnerPipeline pipeline() {
    return pipeline;
  }

  Publications publications() {
    return publications;
  }

  /** What the updates run on. */
  String device() {
    return compute.device();
  }

  @Override
  public void close() {
    learner.close();
    batch.close();
    compute.close();
  }
}
