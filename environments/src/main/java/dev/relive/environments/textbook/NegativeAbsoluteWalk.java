package dev.relive.environments.textbook;

import dev.relive.environments.Discrete;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import dev.relive.environments.tabular.MarkovDecisionProcess;
import dev.relive.environments.tabular.MarkovDecisionProcess.Outcome;
import dev.relive.environments.tabular.TabularDynamics;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A walk on the integers from -10 to 10, whose reward is -|s| for the position s that a step leads
 * to: one is to walk home to 0 and stay near. An episode begins anywhere, all positions equally
 * likely; a step goes one to the left (0) or to the right (1), and at the ends it can stay. Nothing
 * but the longest episode ends it. An observation is the position.
 *
 * <p>The smallest task with a reward for every step: the best return from s is known, -(|s|-1) -
 * (|s|-2) - … - 1 - 0, then -1 and 0 by turns.
 */
final class NegativeAbsoluteWalk {
  private static final int LONGEST = 100;
  private static final Option END = Option.integer("end", 10, "how far both ends are from 0");

  static final Registration REGISTRATION =
      new Registration(
          "NegativeAbsoluteWalk-v0",
          "Walk on the integers to 0, each step costing the distance to it.",
          50,
          OptionalDouble.empty(),
          List.of(END),
          NegativeAbsoluteWalk::task);

  private NegativeAbsoluteWalk() {}

  private static Task task(Options options) {
    int end = Limits.integer(options, END.name(), 1, LONGEST);
    int states = 2 * end + 1;
    double[] start = new double[states];
    Arrays.fill(start, 1.0 / states);
    MarkovDecisionProcess process =
        new MarkovDecisionProcess(
            start,
            2,
            (state, action) -> {
              int next = Math.min(Math.max(action == 0 ? state - 1 : state + 1, 0), 2 * end);
              return List.of(new Outcome(1, next, -Math.abs(next - end), false));
            });
    LinePicture picture = new LinePicture(end, '.');
    return new Task(
        new Discrete(states, -end),
        new Discrete(2),
        List.of(),
        lanes -> new TabularDynamics(lanes, process, -end, picture));
  }
}
