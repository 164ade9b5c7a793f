package dev.relive.cli;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.learner.LearnerConfig;
import dev.relive.learner.LearnerStart;
import dev.relive.log.LogConnection;
import dev.relive.producers.ProducerConfig;
import dev.relive.service.ServiceGroup;
import java.util.Optional;

/**
 * Everything that the user decides about {@code relive replay}, checked.
 *
 * @param start the run to begin, with what it reads of another's, or to go on with
 */
record ReplayConfig(LogPlace log, Endpoint endpoint, LearnerStart start, DeviceChoice device)
    implements TrainingConfig {

  /** One for this log alone, where none runs on it. */
  @Override
  public Optional<EmbeddedBroker> startBroker(ServiceGroup group) {
    return log.address().isPresent()
        ? Optional.empty()
        : Optional.of(OwnBroker.startOnLog(log, group));
  }

  @Override
  public LearnerConfig learner(LogConnection connection) {
    return new LearnerConfig(connection, start, device, Versions.byName());
  }

  @Override
  public Optional<ProducerConfig> producer(LogConnection connection, String run) {
    return Optional.empty();
  }
}
