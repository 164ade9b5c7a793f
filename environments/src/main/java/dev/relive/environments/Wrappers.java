package dev.relive.environments;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is put around an environment and changes the task. The innermost is the longest episode,
 * which {@link EnvironmentSpec} states apart; then come sticky actions, and then repeated ones.
 *
 * @param stickyActions with which probability a step does the action of the step before again
 *     instead of the one chosen; M. Machado et al., "Revisiting the Arcade Learning Environment",
 *     2018
 * @param actionRepeat how many steps of the environment an action is done for, their rewards added
 *     up, unless the episode ends before
 */
public record Wrappers(double stickyActions, int actionRepeat) {
  public static final Wrappers NONE = new Wrappers(0, 1);

  static final Option STICKY_ACTIONS =
      Option.number(
          "sticky_actions", 0, "probability of doing the action of the step before again");
  static final Option ACTION_REPEAT =
      Option.integer("action_repeat", 1, "steps that each action is done for");

  private static final int MOST_REPEATED = 1_000;

  /** Rejects what is no probability, and repeating less than once. */
  public Wrappers {
    if (!(stickyActions >= 0 && stickyActions < 1)) {
      throw new IllegalArgumentException(
          "The option 'sticky_actions' must be a probability from 0 to below 1, and is "
              + stickyActions
              + ".");
    }
    if (actionRepeat < 1 || actionRepeat > MOST_REPEATED) {
      throw new IllegalArgumentException(
          "The option 'action_repeat' must be 1 to "
              + MOST_REPEATED
              + ", and is "
              + actionRepeat
              + ".");
    }
  }

  /** What {@link #texts} say, by name. */
  public static Map<String, String> options(List<String> texts) {
    Map<String, String> options = new TreeMap<>();
    for (String text : texts) {
      int sign = text.indexOf('=');
      if (sign < 0) {
        throw new IllegalArgumentException(
            "There is no wrapper '%s'; there are: %s, %s."
                .formatted(text, STICKY_ACTIONS.name(), ACTION_REPEAT.name()));
      }
      options.put(text.substring(0, sign), text.substring(sign + 1));
    }
    return options;
  }

  static Wrappers of(Options options) {
    return new Wrappers(
        options.number(STICKY_ACTIONS.name()), options.integer(ACTION_REPEAT.name()));
  }

  /** The options that choose them, each only where it is not the usual one, innermost first. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    if (stickyActions != NONE.stickyActions) {
      texts.add(STICKY_ACTIONS.name() + "=" + stickyActions);
    }
    if (actionRepeat != NONE.actionRepeat) {
      texts.add(ACTION_REPEAT.name() + "=" + actionRepeat);
    }
    return List.copyOf(texts);
  }
}
