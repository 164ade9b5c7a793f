package dev.relive.environments;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An environment that can be had by its id.
 *
 * @param description a line that says what it is
 * @param maxEpisodeSteps the usual longest episode; 0: no limit
 * @param rewardThreshold the mean return from which on the task counts as solved
 * @param options what can be chosen when it is made
 * @param task makes it with the options chosen; throws an IllegalArgumentException, with a sentence
 *     for the user, where their values do not go together
 */
public record Registration(
    String id,
    String description,
    int maxEpisodeSteps,
    OptionalDouble rewardThreshold,
    List<Option> options,
    Function<Options, Task> task) {
  private static final Option MAX_EPISODE_STEPS =
      Option.integer("max_episode_steps", 0, "an episode is truncated after so many; 0: never");

  /** What can be chosen of every environment. */
  static final List<Option> COMMON =
      List.of(MAX_EPISODE_STEPS, Wrappers.STICKY_ACTIONS, Wrappers.ACTION_REPEAT);

  public Registration {
    options = List.copyOf(options);
  }

  EnvironmentSpec spec(Map<String, String> chosen) {
    Options common = Options.of(id, "option", COMMON, common(chosen));
    int steps =
        chosen.containsKey(MAX_EPISODE_STEPS.name())
            ? common.integer(MAX_EPISODE_STEPS.name())
            : maxEpisodeSteps;
    Options own = ownOptions(chosen);
    Task made = task.apply(own);
    return new EnvironmentSpec(
        id,
        own.asText(),
        Wrappers.of(common),
        steps,
        rewardThreshold,
        made.observationSpace(),
        made.actionSpace(),
        Map.of());
  }

  /** The task of a spec. */
  Task task(EnvironmentSpec spec) {
    return task.apply(ownOptions(spec.options()));
  }

  private static Map<String, String> common(Map<String, String> chosen) {
    Map<String, String> common = new TreeMap<>(chosen);
    common.keySet().removeIf(name -> !isCommon(name));
    return common;
  }

  private Options ownOptions(Map<String, String> chosen) {
    Map<String, String> own = new TreeMap<>(chosen);
    own.keySet().removeIf(Registration::isCommon);
    return Options.of(id, "option", options, own);
  }

  private static boolean isCommon(String name) {
    return COMMON.stream().anyMatch(option -> option.name().equals(name));
  }
}
