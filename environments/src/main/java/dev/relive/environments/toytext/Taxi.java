package dev.relive.environments.toytext;

import dev.relive.environments.Discrete;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import dev.relive.environments.tabular.MarkovDecisionProcess;
import dev.relive.environments.tabular.MarkovDecisionProcess.Outcome;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Gymnasium's Taxi: fetch a passenger at one of four stands and set it down at another, going south
 * (0), north (1), east (2) or west (3), picking up (4) or setting down (5). A step costs 1, picking
 * up or setting down where that cannot be 10; delivering brings 20 and ends the episode. An
 * observation is a {@link TaxiState}'s number.
 *
 * <p>In rain a move goes where it is meant to with probability 0.8, and to the left or the right of
 * that with 0.1 each; one that a wall or an edge stops goes nowhere.
 *
 * <p>Source: T. Dietterich, "Hierarchical Reinforcement Learning with the MAXQ Value Function
 * Decomposition", 2000.
 */
final class Taxi {
  static final int PICK_UP = 4;
  static final int SET_DOWN = 5;

  private static final double DRY = 0.8;
  private static final int[] ROW_STEPS = {1, -1, 0, 0};
  private static final int[] COLUMN_STEPS = {0, 0, 1, -1};

  /** What lies to the left and to the right of south, north, east and west. */
  private static final int[] LEFT = {2, 3, 1, 0};

  private static final int[] RIGHT = {3, 2, 0, 1};
  private static final Option RAINY = Option.flag("is_rainy", false, "moves can go astray");
  private static final Option FICKLE =
      Option.flag(
          "fickle_passenger", false, "passengers may choose another stand on their way, 3 in 10");

  static final Registration REGISTRATION =
      new Registration(
          "Taxi-v4",
          "Fetch a passenger and set it down at the right stand.",
          200,
          OptionalDouble.of(8),
          List.of(RAINY, FICKLE),
          Taxi::task);

  private Taxi() {}

  private static Task task(Options options) {
    MarkovDecisionProcess process = process(options.flag(RAINY.name()));
    boolean fickle = options.flag(FICKLE.name());
    return new Task(
        new Discrete(process.states()),
        new Discrete(process.actions()),
        List.of(),
        lanes -> new TaxiDynamics(lanes, process, fickle));
  }

  static MarkovDecisionProcess process(boolean rainy) {
    return new MarkovDecisionProcess(
        start(),
        6,
        (number, action) -> {
          TaxiState state = TaxiState.of(number);
          return switch (action) {
            case PICK_UP -> List.of(pickUp(state));
            case SET_DOWN -> List.of(setDown(state));
            default -> rainy ? moveInRain(state, action) : List.of(move(state, action, 1));
          };
        });
  }

  /**
   * Passengers wait at a stand that is not where they want to go to; all that is equally likely.
   */
  private static double[] start() {
    double[] start = new double[TaxiState.COUNT];
    for (int number = 0; number < start.length; number++) {
      TaxiState state = TaxiState.of(number);
      boolean waiting = !state.aboard() && state.passenger() != state.destination();
      start[number] = waiting ? 1.0 / TaxiState.STARTS : 0;
    }
    return start;
  }

  private static Outcome move(TaxiState state, int direction, double probability) {
    return new Outcome(probability, moved(state, direction).number(), -1, false);
  }

  private static List<Outcome> moveInRain(TaxiState state, int direction) {
    double astray = (1 - DRY) / 2;
    boolean blocked = moved(state, direction).equals(state);
    TaxiState left = blocked ? state : moved(state, LEFT[direction]);
    TaxiState right = blocked ? state : moved(state, RIGHT[direction]);
    return List.of(
        move(state, direction, DRY),
        new Outcome(astray, left.number(), -1, false),
        new Outcome(astray, right.number(), -1, false));
  }

  private static TaxiState moved(TaxiState state, int direction) {
    int row = state.row() + ROW_STEPS[direction];
    int column = state.column() + COLUMN_STEPS[direction];
    return TaxiMap.passable(state.row(), state.column(), row, column)
        ? new TaxiState(row, column, state.passenger(), state.destination())
        : state;
  }

  private static Outcome pickUp(TaxiState state) {
    boolean there =
        !state.aboard() && TaxiMap.standAt(state.row(), state.column()) == state.passenger();
    return there
        ? new Outcome(1, state.withPassenger(TaxiState.ABOARD).number(), -1, false)
        : new Outcome(1, state.number(), -10, false);
  }

  private static Outcome setDown(TaxiState state) {
    int stand = TaxiMap.standAt(state.row(), state.column());
    if (!state.aboard() || stand < 0) {
      return new Outcome(1, state.number(), -10, false);
    }
    boolean delivered = stand == state.destination();
    return new Outcome(1, state.withPassenger(stand).number(), delivered ? 20 : -1, delivered);
  }
}
