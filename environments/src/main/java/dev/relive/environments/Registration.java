package dev.relive.environments;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * An environment that can be had by its id.
 *
 * @param maxEpisodeSteps the usual longest episode; 0: no limit
 * @param options what can be chosen when it is made
 * @param task makes it with the options chosen
 */
record Registration(
    String id,
    int maxEpisodeSteps,
    OptionalDouble rewardThreshold,
    List<Option> options,
    Function<Options, Task> task) {
  EnvironmentSpec spec(Map<String, String> chosen) {
    Options checked = options(chosen);
    Task made = task.apply(checked);
    return new EnvironmentSpec(
        id,
        checked.asText(),
        maxEpisodeSteps,
        rewardThreshold,
        made.observationSpace(),
        made.actionSpace());
  }

  Task task(Map<String, String> chosen) {
    return task.apply(options(chosen));
  }

  private Options options(Map<String, String> chosen) {
    return Options.of(id, "option", options, chosen);
  }
}
