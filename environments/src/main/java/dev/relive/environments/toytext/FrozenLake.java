package dev.relive.environments.toytext;

import dev.relive.environments.Discrete;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import dev.relive.environments.tabular.MarkovDecisionProcess;
import dev.relive.environments.tabular.MarkovDecisionProcess.Outcome;
import dev.relive.environments.tabular.TabularDynamics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Gymnasium's FrozenLake: walk over ice from the start to the goal without falling into a hole,
 * left (0), down (1), right (2) or up (3). On slippery ice a step goes where it is meant to with
 * the success rate, and to either side of that with half of the rest. Goal and holes end an
 * episode. An observation is the cell, counted row by row.
 */
final class FrozenLake {
  private static final LakeMap SMALL = LakeMap.parse("SFFF,FHFH,FFFH,HFFG");
  private static final LakeMap LARGE =
      LakeMap.parse("SFFFFFFF,FFFFFFFF,FFFHFFFF,FFFFFHFF,FFFHFFFF,FHHFFFHF,FHFFHFHF,FFFHFFFG");

  private static final Option DESC =
      Option.text(
          "desc",
          "",
          "a map of one's own: rows of S, F, H, G with commas between; empty: map_name");
  private static final Option SLIPPERY = Option.flag("is_slippery", true, "steps can go astray");
  private static final Option SUCCESS_RATE =
      Option.number(
          "success_rate", 1.0 / 3.0, "probability that a step on slippery ice goes where it is to");
  private static final Option REWARD_SCHEDULE =
      Option.text("reward_schedule", "1,0,0", "rewards for reaching goal, hole and frozen cell");
  private static final Option SIZE = Option.integer("size", 8, "rows and columns of a random map");
  private static final Option FROZEN =
      Option.number("p", 0.8, "probability that a cell of a random map is frozen");
  private static final Option SEED = Option.integer("seed", 0, "seed of a random map");

  static final List<Registration> REGISTRATIONS =
      List.of(
          registration("FrozenLake-v1", "4x4", 100, 0.70),
          registration("FrozenLake8x8-v1", "8x8", 200, 0.85));

  private FrozenLake() {}

  private static Registration registration(
      String id, String map, int maxEpisodeSteps, double threshold) {
    Option mapName =
        Option.choice(
            "map_name", map, List.of("4x4", "8x8", "random"), "the map: 4x4, 8x8 or random");
    return new Registration(
        id,
        "Cross a frozen lake without falling into a hole.",
        maxEpisodeSteps,
        OptionalDouble.of(threshold),
        List.of(mapName, DESC, SLIPPERY, SUCCESS_RATE, REWARD_SCHEDULE, SIZE, FROZEN, SEED),
        FrozenLake::task);
  }

  private static Task task(Options options) {
    LakeMap map = map(options);
    MarkovDecisionProcess process = process(map, options);
    GridPicture picture = new GridPicture(map.rows());
    return new Task(
        new Discrete(process.states()),
        new Discrete(process.actions()),
        List.of(),
        lanes -> new TabularDynamics(lanes, process, 0, picture));
  }

  private static LakeMap map(Options options) {
    String desc = options.text(DESC.name());
    if (!desc.isEmpty()) {
      return LakeMap.parse(desc);
    }
    return switch (options.text("map_name")) {
      case "4x4" -> SMALL;
      case "8x8" -> LARGE;
      default ->
          LakeMap.random(
              options.integer(SIZE.name()),
              options.number(FROZEN.name()),
              options.integer(SEED.name()));
    };
  }

  static MarkovDecisionProcess process(LakeMap map, Options options) {
    boolean slippery = options.flag(SLIPPERY.name());
    double success = options.number(SUCCESS_RATE.name());
    if (!(success >= 0 && success <= 1)) {
      throw new IllegalArgumentException(
          "The option 'success_rate' must be a probability from 0 to 1, and is " + success + ".");
    }
    double[] rewards = rewards(options.text(REWARD_SCHEDULE.name()));
    double failure = (1 - success) / 2;
    return new MarkovDecisionProcess(
        start(map),
        4,
        (cell, action) -> {
          if (map.ends(cell)) {
            return List.of(new Outcome(1, cell, 0, true));
          }
          if (!slippery) {
            return List.of(outcome(map, cell, action, 1, rewards));
          }
          return List.of(
              outcome(map, cell, (action + 3) % 4, failure, rewards),
              outcome(map, cell, action, success, rewards),
              outcome(map, cell, (action + 1) % 4, failure, rewards));
        });
  }

  private static double[] start(LakeMap map) {
    double[] start = new double[map.cells()];
    double starts = 0;
    for (int cell = 0; cell < start.length; cell++) {
      start[cell] = map.letter(cell) == 'S' ? 1 : 0;
      starts += start[cell];
    }
    for (int cell = 0; cell < start.length; cell++) {
      start[cell] /= starts;
    }
    return start;
  }

  private static Outcome outcome(
      LakeMap map, int cell, int direction, double probability, double[] rewards) {
    int next = map.neighbour(cell, direction);
    double reward =
        switch (map.letter(next)) {
          case 'G' -> rewards[0];
          case 'H' -> rewards[1];
          default -> rewards[2];
        };
    return new Outcome(probability, next, reward, map.ends(next));
  }

  private static double[] rewards(String text) {
    List<Double> rewards = new ArrayList<>();
    try {
      for (String number : text.split(",", -1)) {
        rewards.add(Double.parseDouble(number.strip()));
      }
    } catch (NumberFormatException e) {
      rewards.clear();
    }
    if (rewards.size() != 3 || rewards.stream().anyMatch(reward -> !Double.isFinite(reward))) {
      throw new IllegalArgumentException(
          "The option 'reward_schedule' must be three numbers with commas between, for goal, hole"
              + " and frozen cell, and is '"
              + text
              + "'.");
    }
    return rewards.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
