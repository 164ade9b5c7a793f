package dev.relive.environments.minatar;

import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentProvider;
import dev.relive.environments.MultiBinary;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The MinAtar games, five Atari games reduced to 10 × 10 cells: with all six actions (v0) and with
 * those alone that do something (v1).
 *
 * <p>Source: K. Young and T. Tian, "MinAtar: An Atari-Inspired Testbed for Thorough and
 * Reproducible Reinforcement Learning Experiments", 2019.
 */
public final class MinAtar implements EnvironmentProvider {
  private static final int ALL_ACTIONS = 6;
  private static final Option STICKY_ACTION_PROB =
      Option.number(
          "sticky_action_prob",
          0.1,
          "probability of doing the action of the step before again, drawn from the game's own"
              + " random stream");
  private static final Option DIFFICULTY_RAMPING =
      Option.flag("difficulty_ramping", true, "whether a game that has levels becomes harder");

  @Override
  public List<Registration> registrations() {
    return Title.ALL.stream().flatMap(MinAtar::versions).toList();
  }

  private static Stream<Registration> versions(Title title) {
    List<Integer> all = IntStream.range(0, ALL_ACTIONS).boxed().toList();
    return Stream.of(
        registration(title, "v0", all), registration(title, "v1", title.minimalActions()));
  }

  private static Registration registration(Title title, String version, List<Integer> actions) {
    return new Registration(
        "MinAtar/" + title.name() + "-" + version,
        title.description(),
        0,
        OptionalDouble.empty(),
        List.of(STICKY_ACTION_PROB, DIFFICULTY_RAMPING),
        options -> task(title, actions, options));
  }

  private static Task task(Title title, List<Integer> actions, Options options) {
    double sticky = options.number(STICKY_ACTION_PROB.name());
    if (!(sticky >= 0 && sticky <= 1)) {
      throw new IllegalArgumentException(
          "The option 'sticky_action_prob' must be a probability from 0 to 1, and is "
              + sticky
              + ".");
    }
    boolean ramping = options.flag(DIFFICULTY_RAMPING.name());
    int[] actionsOfGame = actions.stream().mapToInt(Integer::intValue).toArray();
    return new Task(
        new MultiBinary(Game.SIZE, Game.SIZE, title.channels()),
        new Discrete(actions.size()),
        List.of(),
        lanes -> new MinAtarDynamics(title, lanes, actionsOfGame, sticky, ramping));
  }
}
