package dev.relive.cli;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.evaluator.EvaluatorConfig;
import dev.relive.learner.LearnerConfig;
import dev.relive.learner.LearnerStart;
import dev.relive.log.LogConnection;
import dev.relive.producers.ProducerConfig;
import dev.relive.service.ServiceGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Everything that the user decides about {@code relive train}, checked.
 *
 * @param log an embedded Kafka's, where it names no other
 * @param start the run to begin, or to go on with
 * @param result the file to write how it ended to
 * @param freeDiskFloor of an embedded Kafka, in bytes
 * @param episodeStream whether the segments are also joined to episodes
 */
record TrainConfig(
    LogPlace log,
    Endpoint endpoint,
    LearnerStart start,
    DeviceChoice device,
    Optional<Path> result,
    long freeDiskFloor,
    boolean episodeStream)
    implements TrainingConfig {

  /**
   * What hours of training end with is not lost to a mistyped directory.
   *
   * @throws InvalidOption if the result cannot be written
   */
  TrainConfig {
    result.ifPresent(TrainConfig::check);
  }

  private static void check(Path result) {
    Path directory = result.toAbsolutePath().getParent();
    if (Files.isDirectory(result) || directory == null || !Files.isWritable(directory)) {
      throw new InvalidOption("--result", result, "a file in a directory that can be written to");
    }
  }

  @Override
  public Optional<EmbeddedBroker> startBroker(ServiceGroup group) {
    return log.servers().isEmpty()
        ? Optional.of(OwnBroker.start(log, freeDiskFloor, group))
        : Optional.empty();
  }

  @Override
  public LearnerConfig learner(LogConnection connection) {
    return new LearnerConfig(connection, start, device, Versions.byName());
  }

  @Override
  public EvaluatorConfig evaluator(LogConnection connection, String run) {
    return EvaluatorConfig.of(connection).withRun(run).withEpisodeStream(episodeStream);
  }

  @Override
  public Optional<ProducerConfig> producer(LogConnection connection, String run) {
    return Optional.of(ProducerConfig.of(connection).withRun(run));
  }
}
