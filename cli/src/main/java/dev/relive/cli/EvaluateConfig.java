package dev.relive.cli;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.cli.EndOptions.OnEnd;
import dev.relive.evaluator.EvaluatorConfig;
import dev.relive.log.LogConnection;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that the user decides about {@code relive evaluate}, checked.
 *
 * @param run by id or label; empty for the only active one
 */
record EvaluateConfig(
    LogPlace log,
    Endpoint endpoint,
    Optional<String> run,
    String name,
    int episodes,
    int stochasticEpisodes,
    int lanes,
    DeviceChoice device,
    Duration runTimeout,
    OnEnd onEnd,
    boolean episodeStream)
    implements ServiceConfig {

  EvaluatorConfig evaluator(LogConnection connection) {
    return new EvaluatorConfig(
        connection,
        run.orElse(null),
        name,
        episodes,
        stochasticEpisodes,
        lanes,
        device,
        runTimeout,
        episodeStream);
  }
}
