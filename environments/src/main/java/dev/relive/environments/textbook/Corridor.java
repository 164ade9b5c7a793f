package dev.relive.environments.textbook;

import dev.relive.environments.Discrete;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import dev.relive.environments.tabular.MarkovDecisionProcess;
import dev.relive.environments.tabular.MarkovDecisionProcess.Outcome;
import dev.relive.environments.tabular.TabularDynamics;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A corridor: from 0 one walks one step to the left (0) or to the right (1) until an end is
 * reached, which ends the episode: -5 with the reward -1, 5 with the reward 1. All other steps have
 * none. An observation is the position.
 *
 * <p>Source: the random walk of R. Sutton and A. Barto, "Reinforcement Learning: An Introduction",
 * 2nd edition, 2018, examples 6.2 and 7.1, with actions.
 */
final class Corridor {
  private static final int LONGEST = 100;
  private static final Option END = Option.integer("end", 5, "how far both ends are from 0");
  private static final Option LEFT_REWARD =
      Option.number("left_reward", -1, "reward at the left end");
  private static final Option RIGHT_REWARD =
      Option.number("right_reward", 1, "reward at the right end");

  static final Registration REGISTRATION =
      new Registration(
          "Corridor-v0",
          "Walk from the middle of a corridor to its better end.",
          100,
          OptionalDouble.empty(),
          List.of(END, LEFT_REWARD, RIGHT_REWARD),
          Corridor::task);

  private Corridor() {}

  private static Task task(Options options) {
    int end = Limits.integer(options, END.name(), 1, LONGEST);
    double left = options.number(LEFT_REWARD.name());
    double right = options.number(RIGHT_REWARD.name());
    double[] start = new double[2 * end + 1];
    start[end] = 1;
    MarkovDecisionProcess process =
        new MarkovDecisionProcess(
            start,
            2,
            (state, action) -> {
              int next = Math.min(Math.max(action == 0 ? state - 1 : state + 1, 0), 2 * end);
              double reward = next == 0 ? left : next == 2 * end ? right : 0;
              return List.of(new Outcome(1, next, reward, next == 0 || next == 2 * end));
            });
    LinePicture picture = new LinePicture(end, '|');
    return new Task(
        new Discrete(2 * end + 1, -end),
        new Discrete(2),
        List.of(),
        lanes -> new TabularDynamics(lanes, process, -end, picture));
  }
}
