package dev.relive.cli;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.evaluator.EvaluatorConfig;
import dev.relive.learner.LearnerConfig;
import dev.relive.log.LogConnection;
import dev.relive.producers.ProducerConfig;
import dev.relive.service.ServiceGroup;
import java.util.Optional;

/** What the user decides about a process in which everything is that learns. */
sealed interface TrainingConfig extends LearningConfig permits TrainConfig, ReplayConfig {

  /**
   * Starts the Kafka that the log needs, where it is this process's to start.
   *
   * @param group takes it over
   */
  Optional<EmbeddedBroker> startBroker(ServiceGroup group);

  DeviceChoice device();

  LearnerConfig learner(LogConnection connection);

  /** Empty where the experience is another run's. */
  Optional<ProducerConfig> producer(LogConnection connection, String run);

  default EvaluatorConfig evaluator(LogConnection connection, String run) {
    return EvaluatorConfig.of(connection).withRun(run);
  }
}
