package dev.relive.environments.minatar;

import dev.relive.environments.random.RandomState;

/** The rules of one game for a number of lanes. A board has 10 × 10 cells, row 0 on top. */
abstract class Game {
  static final int SIZE = Board.SIZE;
  static final int LAST = SIZE - 1;

  static final int LEFT = 1;
  static final int UP = 2;
  static final int RIGHT = 3;
  static final int DOWN = 4;
  static final int FIRE = 5;

  private final boolean[] over;

  Game(int lanes) {
    over = new boolean[lanes];
  }

  /** Begins a game. */
  abstract void reset(int lane, RandomState random);

  /**
   * Does an action.
   *
   * @return the reward
   */
  abstract int step(int lane, int action, RandomState random);

  /** Sets the cells of a lane's board, which is clear. */
  abstract void draw(int lane, Board board);

  /** How many times the game has become harder. */
  int ramps(int lane) {
    return 0;
  }

  final boolean over(int lane) {
    return over[lane];
  }

  final void begin(int lane) {
    over[lane] = false;
  }

  final void end(int lane) {
    over[lane] = true;
  }

  static boolean onBoard(int column) {
    return column >= 0 && column <= LAST;
  }
}
