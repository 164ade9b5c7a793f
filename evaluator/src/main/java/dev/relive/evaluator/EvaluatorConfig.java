package dev.relive.evaluator;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.log.LogConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluator is told.
 *
 * @param connection where the log is
 * @param run the run's id or label; null for the only active one
 * @param name the evaluator's name in its evaluations
 * @param episodes how many are played of each snapshot, and again to confirm one
 * @param stochasticEpisodes how many are played besides, acting as in training; 0 for none
 * @param lanes how many of them at a time
 * @param device what the policies act on
 * @param runTimeout how long to wait for the run
 * @param episodeStream whether it also joins the run's segments to episodes of training
 */
public record EvaluatorConfig(
    LogConnection connection,
    @Nullable String run,
    String name,
    int episodes,
    int stochasticEpisodes,
    int lanes,
    DeviceChoice device,
    Duration runTimeout,
    boolean episodeStream) {
  public static final String DEFAULT_NAME = "evaluator";
  public static final int DEFAULT_EPISODES = 100;
  public static final Duration DEFAULT_RUN_TIMEOUT = Duration.ofMinutes(10);

  /**
   * Checks each value.
   *
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  public EvaluatorConfig {
    if (episodes < 1) {
      throw new IllegalArgumentException(
          "The episodes of an evaluation are %d, and must be 1 or more.".formatted(episodes));
    }
    if (stochasticEpisodes < 0) {
      throw new IllegalArgumentException(
          "The stochastic episodes of an evaluation are %d, and must be 0 or more."
              .formatted(stochasticEpisodes));
    }
    if (lanes < 1) {
      throw new IllegalArgumentException(
          "The evaluator's lanes are %d, and must be 1 or more.".formatted(lanes));
    }
  }

  /** An evaluator of the only active run, with everything else as usual. */
  public static EvaluatorConfig of(LogConnection connection) {
    return new EvaluatorConfig(
        connection,
        null,
        DEFAULT_NAME,
        DEFAULT_EPISODES,
        0,
        DEFAULT_EPISODES,
        DeviceChoice.CPU,
        DEFAULT_RUN_TIMEOUT,
        true);
  }

  /** The same for a run by its id or label. */
  public EvaluatorConfig withRun(String idOrLabel) {
    return new EvaluatorConfig(
        connection,
        idOrLabel,
        name,
        episodes,
        stochasticEpisodes,
        lanes,
        device,
        runTimeout,
        episodeStream);
  }

  /** The same, with or without the episodes of training. */
  public EvaluatorConfig withEpisodeStream(boolean follows) {
    return new EvaluatorConfig(
        connection, run, name, episodes, stochasticEpisodes, lanes, device, runTimeout, follows);
  }
}
