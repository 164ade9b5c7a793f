package dev.relive.cli;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.evaluator.EvaluatorConfig;
import dev.relive.learner.Algorithm;
import dev.relive.learner.LearnerConfig;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.Settings;
import dev.relive.producers.ProducerConfig;
import dev.relive.service.UserException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the user decides about {@code relive train}, checked.
 *
 * @param servers the Kafka to use; empty for an embedded one
 * @param steps after which the run ends unsolved
 */
record TrainConfig(
    Path dataDirectory,
    Optional<String> servers,
    String topicPrefix,
    Map<String, String> clientProperties,
    EnvironmentSpec environment,
    Settings settings,
    long steps,
    long seed,
    String label,
    DeviceChoice device,
    String httpHost,
    int httpPort) {

  TrainConfig {
    clientProperties = Map.copyOf(clientProperties);
  }

  /** Checks the options and puts them together. */
  static TrainConfig of(
      TaskOptions task, FlowOptions flow, KafkaOptions kafka, EndpointOptions endpoint) {
    endpoint.check();
    TrainConfig config =
        new TrainConfig(
            kafka.dataDirectory,
            Optional.ofNullable(kafka.bootstrapServers),
            kafka.topicPrefix,
            kafka.clientProperties(),
            task.environment(),
            task.settings(flow),
            task.steps,
            task.seed(),
            task.label,
            task.deviceChoice(),
            endpoint.httpHost,
            endpoint.httpPort);
    config.checkConnection();
    return config;
  }

  /** What can be said against the connection is said before anything starts. */
  private void checkConnection() {
    try {
      var unused = connection(servers.orElse("embedded"));
    } catch (LogException e) {
      throw new UserException(String.valueOf(e.getMessage()), ExitCode.USAGE, e);
    }
  }

  LogConnection connection(String bootstrapServers) {
    return new LogConnection(bootstrapServers, topicPrefix, clientProperties);
  }

  LearnerConfig learner(LogConnection connection) {
    return new LearnerConfig(
        connection,
        new NewRun(
            label,
            EnvironmentMessages.message(environment),
            Algorithm.DOUBLE_DQN,
            settings,
            seed,
            false),
        device,
        Versions.byName());
  }

  ProducerConfig producer(LogConnection connection, String run) {
    return ProducerConfig.of(connection).withRun(run);
  }

  EvaluatorConfig evaluator(LogConnection connection, String run) {
    return EvaluatorConfig.of(connection).withRun(run);
  }

  /** The mean return that solves the environment; NaN where it states none. */
  double threshold() {
    return environment.rewardThreshold().orElse(Double.NaN);
  }
}
