package dev.relive.environments;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

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
  private static final String MAX_EPISODE_STEPS = "max_episode_steps";

  public Registration {
    options = List.copyOf(options);
  }

  /** What can be chosen: what is its own, and what can be chosen of every environment. */
  public List<Option> choices() {
    return Stream.concat(options.stream(), common()).toList();
  }

  /**
   * What can be chosen at a reset.
   *
   * @param spec one of this environment's
   */
  public List<Option> resetOptions(EnvironmentSpec spec) {
    return task(spec).resetOptions();
  }

  private Stream<Option> common() {
    return Stream.of(
        Option.integer(
            MAX_EPISODE_STEPS,
            maxEpisodeSteps,
            "an episode is truncated after so many steps; 0: never"),
        Wrappers.STICKY_ACTIONS,
        Wrappers.ACTION_REPEAT);
  }

  EnvironmentSpec spec(Map<String, String> chosen) {
    Options checked = Options.of(id, "option", choices(), chosen);
    Task made = task.apply(checked);
    Map<String, String> own = checked.asText();
    common().map(Option::name).forEach(own::remove);
    return new EnvironmentSpec(
        id,
        own,
        Wrappers.of(checked),
        checked.integer(MAX_EPISODE_STEPS),
        rewardThreshold,
        made.observationSpace(),
        made.actionSpace(),
        Map.of());
  }

  /** The task of a spec. */
  Task task(EnvironmentSpec spec) {
    return task.apply(Options.of(id, "option", options, spec.options()));
  }
}
