package dev.relive.environments.minatar;

import dev.relive.environments.random.RandomState;
import java.util.List;

/** A ball is to be kept on the board with a paddle, and strikes bricks out of a wall. */
final class Breakout extends Game {
  private static final int PADDLE = 0;
  private static final int BALL = 1;
  private static final int TRAIL = 2;
  private static final int BRICK = 3;

  static final Title TITLE =
      new Title(
          "Breakout",
          "Bounce a ball off a paddle and strike out the bricks of a wall.",
          List.of(0, LEFT, RIGHT),
          List.of(
              new Layer(PADDLE, "paddle", 'P', 0x4FC3F7),
              new Layer(BALL, "ball", 'O', 0xFFFFFF),
              new Layer(BRICK, "brick", 'B', 0xFF8A65),
              new Layer(TRAIL, "trail", '.', 0x616161)),
          Breakout::new);

  private static final int FIRST_BRICKS = 1;
  private static final int LAST_BRICKS = 3;
  private static final int BRICKS = SIZE * (LAST_BRICKS - FIRST_BRICKS + 1);
  private static final int WALL = (1 << BRICKS) - 1;

  // A direction is 0 up-left, 1 up-right, 2 down-right, 3 down-left.
  private static final int[] ACROSS = {-1, 1, 1, -1};
  private static final int[] DOWNWARD = {-1, -1, 1, 1};
  private static final int[] OFF_A_SIDE = {1, 0, 3, 2};
  private static final int[] OFF_A_SURFACE = {3, 2, 1, 0};
  private static final int[] BACK = {2, 3, 0, 1};

  private final int[] paddle;
  private final int[] ballColumn;
  private final int[] ballRow;
  private final int[] direction;
  private final int[] lastColumn;
  private final int[] lastRow;

  /** A bit for each brick, row by row. */
  private final int[] bricks;

  private final boolean[] struck;

  /** There is nothing that could become harder. */
  @SuppressWarnings("UnusedVariable") // as every game is made
  Breakout(int lanes, boolean ramping) {
    super(lanes);
    paddle = new int[lanes];
    ballColumn = new int[lanes];
    ballRow = new int[lanes];
    direction = new int[lanes];
    lastColumn = new int[lanes];
    lastRow = new int[lanes];
    bricks = new int[lanes];
    struck = new boolean[lanes];
  }

  @Override
  void reset(int lane, RandomState random) {
    begin(lane);
    boolean fromRight = random.integers(2) == 1;
    paddle[lane] = 4;
    ballColumn[lane] = fromRight ? LAST : 0;
    ballRow[lane] = 3;
    direction[lane] = fromRight ? 3 : 2;
    lastColumn[lane] = ballColumn[lane];
    lastRow[lane] = ballRow[lane];
    bricks[lane] = WALL;
    struck[lane] = false;
  }

  @Override
  int step(int lane, int action, RandomState random) {
    if (action == LEFT) {
      paddle[lane] = Math.max(0, paddle[lane] - 1);
    } else if (action == RIGHT) {
      paddle[lane] = Math.min(LAST, paddle[lane] + 1);
    }
    lastColumn[lane] = ballColumn[lane];
    lastRow[lane] = ballRow[lane];
    int column = ballColumn[lane] + ACROSS[direction[lane]];
    int row = ballRow[lane] + DOWNWARD[direction[lane]];
    if (!onBoard(column)) {
      column = column < 0 ? 0 : LAST;
      direction[lane] = OFF_A_SIDE[direction[lane]];
    }
    int reward = 0;
    int brick = brick(row, column);
    boolean atBrick = (bricks[lane] & brick) != 0;
    if (row < 0) {
      row = 0;
      direction[lane] = OFF_A_SURFACE[direction[lane]];
    } else if (atBrick && !struck[lane]) {
      reward = 1;
      bricks[lane] &= ~brick;
      row = lastRow[lane];
      direction[lane] = OFF_A_SURFACE[direction[lane]];
    } else if (row == LAST) {
      row = bounce(lane, column);
    }
    struck[lane] = atBrick;
    ballColumn[lane] = column;
    ballRow[lane] = row;
    return reward;
  }

  /** The row after the ball has come to the lowest one. */
  private int bounce(int lane, int column) {
    if (bricks[lane] == 0) {
      bricks[lane] = WALL;
    }
    if (lastColumn[lane] == paddle[lane]) {
      direction[lane] = OFF_A_SURFACE[direction[lane]];
    } else if (column == paddle[lane]) {
      direction[lane] = BACK[direction[lane]];
    } else {
      end(lane);
      return LAST;
    }
    return lastRow[lane];
  }

  /** The bit of a brick; 0 where none can be. */
  private static int brick(int row, int column) {
    return row < FIRST_BRICKS || row > LAST_BRICKS
        ? 0
        : 1 << ((row - FIRST_BRICKS) * SIZE + column);
  }

  @Override
  void draw(int lane, Board board) {
    board.set(PADDLE, LAST, paddle[lane]);
    board.set(BALL, ballRow[lane], ballColumn[lane]);
    board.set(TRAIL, lastRow[lane], lastColumn[lane]);
    board.write(BRICK, FIRST_BRICKS, BRICKS, bricks[lane]);
  }
}
