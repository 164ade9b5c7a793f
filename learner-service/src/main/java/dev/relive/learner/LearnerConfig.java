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
 * @param onStop what becomes of the run when the learner is closed before its end
 * @param versions of the program and of what it computes with, by name
 */
public record LearnerConfig(
    LogConnection connection,
    LearnerStart start,
    DeviceChoice device,
    OnStop onStop,
    Map<String, String> versions) {

  /** What becomes of a run whose learner is closed before the run's end. */
  public enum OnStop {
    /** It is stopped, and its producers and evaluators end. */
    END,
    /** It stays active, and they wait for the learner that goes on with it. */
    LEAVE
  }

  /** Copies the map. */
  public LearnerConfig {
    versions = Map.copyOf(versions);
  }

  /** A learner whose run is stopped with it. */
  public LearnerConfig(
      LogConnection connection,
      LearnerStart start,
      DeviceChoice device,
      Map<String, String> versions) {
    this(connection, start, device, OnStop.END, versions);
  }

  /** The same with further versions, or traits, by name. */
  LearnerConfig with(Map<String, String> further) {
    Map<String, String> all = new HashMap<>(versions);
    all.putAll(further);
    return new LearnerConfig(connection, start, device, onStop, all);
  }
}
