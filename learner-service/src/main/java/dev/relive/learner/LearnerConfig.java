package dev.relive.learner;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.log.LogConnection;
import dev.relive.log.Settings;
import dev.relive.log.wire.EnvironmentSpec;
import java.util.Map;

/**
 * What a learner is told.
 *
 * @param connection where the log is
 * @param label the user's name for the run; may be empty
 * @param environment what is learned, as the run's spec keeps it
 * @param settings every setting of {@link LearnerSettings#CATALOGUE}
 * @param seed all randomness of the run flows from it; at least 0
 * @param device what the updates run on
 * @param versions of the program and of what it computes with, by name
 */
public record LearnerConfig(
    LogConnection connection,
    String label,
    EnvironmentSpec environment,
    Settings settings,
    long seed,
    DeviceChoice device,
    Map<String, String> versions) {

  /** Checks the settings together. */
  public LearnerConfig {
    versions = Map.copyOf(versions);
    var unused = LearnerSettings.of(settings);
  }
}
