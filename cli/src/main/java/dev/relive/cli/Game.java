package dev.relive.cli;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.log.wire.Snapshot;
import dev.relive.service.UserException;

/** A policy and the environment that it plays. */
record Game(EnvironmentSpec environment, PlayPolicy policy) {

  /**
   * What the user asks for. Only what was learned needs the log.
   *
   * @throws UserException if there is none such
   */
  static Game of(PlayConfig config, Tool tool) {
    if (config.policy() instanceof PolicyChoice.Learned learned) {
      return learned(learned, config.environment(), tool);
    }
    EnvironmentSpec environment = config.environment().spec(TaskOptions.DEFAULT_ENVIRONMENT);
    return new Game(
        environment,
        config.policy() instanceof PolicyChoice.Random random
            ? new RandomPolicy(environment, random.seed())
            : new AnglePolicy());
  }

  private static Game learned(PolicyChoice.Learned learned, EnvironmentChoice stated, Tool tool) {
    SnapshotList list = new SnapshotList(tool);
    String run = learned.run().map(list::find).orElseGet(list::onlyRun);
    long version = learned.snapshot().among(run, list.all(run)).get(0).version();
    Snapshot snapshot = list.read(run, version);
    dev.relive.log.wire.EnvironmentSpec ofRun = list.spec(run).getEnvironment();
    EnvironmentSpec environment =
        stated.isOpen() ? environment(run, ofRun) : stated.spec(ofRun.getId());
    return new Game(environment, SnapshotPolicy.of(snapshot, environment));
  }

  private static EnvironmentSpec environment(
      String run, dev.relive.log.wire.EnvironmentSpec message) {
    try {
      return EnvironmentMessages.environment(message);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "What run %s learned cannot be played here: %s".formatted(run, e.getMessage()), e);
    }
  }
}
