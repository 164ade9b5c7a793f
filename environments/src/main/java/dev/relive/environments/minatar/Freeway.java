package dev.relive.environments.minatar;

import dev.relive.environments.random.RandomState;
import java.util.Arrays;
import java.util.List;

/** A chicken is to cross eight lanes of cars, as often as it can in 2,501 steps. */
final class Freeway extends Game {
  private static final int CHICKEN = 0;
  private static final int CAR = 1;

  /** The channel of the trails of cars that need n steps for a cell is this plus n. */
  private static final int SPEED = 1;

  static final Title TITLE =
      new Title(
          "Freeway",
          "Take a chicken across a road with eight lanes of cars, again and again.",
          List.of(0, UP, DOWN),
          List.of(
              new Layer(CHICKEN, "chicken", 'C', 0xFFF59D),
              new Layer(CAR, "car", '#', 0xEF5350),
              new Layer(SPEED + 1, "a step for a cell", '1', 0x9E9E9E),
              new Layer(SPEED + 2, "two", '2', 0x858585),
              new Layer(SPEED + 3, "three", '3', 0x6C6C6C),
              new Layer(SPEED + 4, "four", '4', 0x535353),
              new Layer(SPEED + 5, "five", '5', 0x3A3A3A)),
          Freeway::new);

  private static final int CARS = 8;
  private static final int SPEEDS = 5;
  private static final int COLUMN = 4;
  private static final int MOVE_STEPS = 3;
  private static final int GAME_STEPS = 2500;

  private final int[] row;
  private final int[] moveTimer;
  private final int[] stepsLeft;
  // Of each car; the car of index i drives in row i + 1.
  private final int[] columns;
  private final int[] directions;
  private final int[] speeds;
  private final int[] timers;

  /** There is nothing that could become harder. */
  @SuppressWarnings("UnusedVariable") // as every game is made
  Freeway(int lanes, boolean ramping) {
    super(lanes);
    row = new int[lanes];
    moveTimer = new int[lanes];
    stepsLeft = new int[lanes];
    columns = new int[lanes * CARS];
    directions = new int[lanes * CARS];
    speeds = new int[lanes * CARS];
    timers = new int[lanes * CARS];
  }

  @Override
  void reset(int lane, RandomState random) {
    begin(lane);
    Arrays.fill(columns, lane * CARS, (lane + 1) * CARS, 0);
    drawSpeeds(lane, random);
    row[lane] = LAST;
    moveTimer[lane] = MOVE_STEPS;
    stepsLeft[lane] = GAME_STEPS;
  }

  private void drawSpeeds(int lane, RandomState random) {
    for (int car = lane * CARS; car < (lane + 1) * CARS; car++) {
      speeds[car] = 1 + random.integers(SPEEDS);
      timers[car] = speeds[car];
    }
    for (int car = lane * CARS; car < (lane + 1) * CARS; car++) {
      directions[car] = random.random() < 0.5 ? -1 : 1;
    }
  }

  @Override
  int step(int lane, int action, RandomState random) {
    if (moveTimer[lane] == 0 && (action == UP || action == DOWN)) {
      moveTimer[lane] = MOVE_STEPS;
      row[lane] = action == UP ? row[lane] - 1 : Math.min(LAST, row[lane] + 1);
    }
    int reward = 0;
    if (row[lane] == 0) {
      reward = 1;
      drawSpeeds(lane, random);
      row[lane] = LAST;
    }
    moveCars(lane);
    if (moveTimer[lane] > 0) {
      moveTimer[lane]--;
    }
    stepsLeft[lane]--;
    if (stepsLeft[lane] < 0) {
      end(lane);
    }
    return reward;
  }

  private void moveCars(int lane) {
    for (int i = 0; i < CARS; i++) {
      int car = lane * CARS + i;
      runInto(lane, i + 1, columns[car]);
      if (timers[car] > 0) {
        timers[car]--;
        continue;
      }
      timers[car] = speeds[car];
      columns[car] = wrapped(columns[car] + directions[car]);
      runInto(lane, i + 1, columns[car]);
    }
  }

  /** Sends the chicken back if it is where a car is. */
  private void runInto(int lane, int carRow, int carColumn) {
    if (row[lane] == carRow && carColumn == COLUMN) {
      row[lane] = LAST;
    }
  }

  private static int wrapped(int column) {
    return column < 0 ? LAST : column > LAST ? 0 : column;
  }

  @Override
  void draw(int lane, Board board) {
    board.set(CHICKEN, row[lane], COLUMN);
    for (int i = 0; i < CARS; i++) {
      int car = lane * CARS + i;
      board.set(CAR, i + 1, columns[car]);
      int behind = wrapped(columns[car] - directions[car]);
      board.set(SPEED + speeds[car], i + 1, behind);
    }
  }
}
