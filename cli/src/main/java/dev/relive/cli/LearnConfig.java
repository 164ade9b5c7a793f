package dev.relive.cli;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.cli.EndOptions.OnEnd;
import dev.relive.learner.LearnerConfig;
import dev.relive.learner.LearnerConfig.OnStop;
import dev.relive.learner.LearnerStart;
import dev.relive.log.LogConnection;

/**
 * Everything that the user decides about a learner, checked.
 *
 * @param start the run to begin, or to go on with
 * @param onStop what becomes of the run when the process is stopped
 */
record LearnConfig(
    LogPlace log,
    Endpoint endpoint,
    LearnerStart start,
    DeviceChoice device,
    OnStop onStop,
    OnEnd onEnd)
    implements LearningConfig {

  LearnerConfig learner(LogConnection connection) {
    return new LearnerConfig(connection, start, device, onStop, Versions.byName());
  }
}
