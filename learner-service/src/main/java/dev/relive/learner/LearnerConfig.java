package dev.relive.learner;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.log.LogConnection;
import java.util.HashMap;
import java.util.Map;

/**
 * What a learner is told.
 *
 * @param connection where the log is
 * @param start the run
 * @param device what the updates run on
 * @param versions of the program and of what it computes with, by name
 */
public record LearnerConfig(
    LogConnection connection,
    LearnerStart start,
    DeviceChoice device,
    Map<String, String> versions) {

  /** Copies the map. */
  public LearnerConfig {
    versions = Map.copyOf(versions);
  }

  /** The same with further versions, or traits, by name. */
  LearnerConfig with(Map<String, String> further) {
    Map<String, String> all = new HashMap<>(versions);
    all.putAll(further);
    return new LearnerConfig(connection, start, device, all);
  }
}
