package dev.relive.environments.toytext;

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
 * Gymnasium's CliffWalking: walk along a cliff to the goal, up (0), right (1), down (2) or left
 * (3). A step costs 1, one off the cliff 100, and leads back to the start. On slippery ground a
 * step goes where it is meant to or to either side of that, each with probability 1/3. The goal
 * ends an episode. An observation is the cell, counted row by row.
 *
 * <p>Source: R. Sutton and A. Barto, "Reinforcement Learning: An Introduction", 2nd edition, 2018,
 * example 6.6.
 */
final class CliffWalking {
  private static final List<String> MAP =
      List.of("............", "............", "............", "SCCCCCCCCCCG");
  private static final int ROWS = 4;
  private static final int COLUMNS = 12;
  private static final int START = 36;
  private static final int[] ROW_STEPS = {-1, 0, 1, 0};
  private static final int[] COLUMN_STEPS = {0, 1, 0, -1};

  static final List<Registration> REGISTRATIONS =
      List.of(
          registration("CliffWalking-v1", false, "Walk along a cliff without falling off."),
          registration("CliffWalkingSlippery-v1", true, "Walk along a cliff on slippery ground."));

  private CliffWalking() {}

  private static Registration registration(String id, boolean slippery, String description) {
    Option option = Option.flag("is_slippery", slippery, "steps can go astray");
    return new Registration(
        id, description, 0, OptionalDouble.empty(), List.of(option), CliffWalking::task);
  }

  private static Task task(Options options) {
    MarkovDecisionProcess process = process(options.flag("is_slippery"));
    GridPicture picture = new GridPicture(MAP);
    return new Task(
        new Discrete(process.states()),
        new Discrete(process.actions()),
        List.of(),
        lanes -> new TabularDynamics(lanes, process, 0, picture));
  }

  private static MarkovDecisionProcess process(boolean slippery) {
    double[] start = new double[ROWS * COLUMNS];
    start[START] = 1;
    return new MarkovDecisionProcess(
        start,
        4,
        (cell, action) ->
            slippery
                ? List.of(
                    outcome(cell, (action + 3) % 4, 1.0 / 3.0),
                    outcome(cell, action, 1.0 / 3.0),
                    outcome(cell, (action + 1) % 4, 1.0 / 3.0))
                : List.of(outcome(cell, action, 1)));
  }

  private static Outcome outcome(int cell, int direction, double probability) {
    int row = Math.min(Math.max(cell / COLUMNS + ROW_STEPS[direction], 0), ROWS - 1);
    int column = Math.min(Math.max(cell % COLUMNS + COLUMN_STEPS[direction], 0), COLUMNS - 1);
    return switch (MAP.get(row).charAt(column)) {
      case 'C' -> new Outcome(probability, START, -100, false);
      case 'G' -> new Outcome(probability, row * COLUMNS + column, -1, true);
      default -> new Outcome(probability, row * COLUMNS + column, -1, false);
    };
  }
}
