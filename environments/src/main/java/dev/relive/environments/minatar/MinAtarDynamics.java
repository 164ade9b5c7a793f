package dev.relive.environments.minatar;

import dev.relive.environments.IntegerDynamics;
import dev.relive.environments.Options;
import dev.relive.environments.random.RandomState;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * Lanes of a MinAtar game with its sticky actions. Both draw from one random stream, as in the
 * reference, NumPy's RandomState.
 */
final class MinAtarDynamics implements IntegerDynamics {
  private final Title title;
  private final int[] actionsOfGame;
  private final double stickyProbability;
  private final Game game;
  private final int size;
  private final Board[] boards;
  private final RandomState[] random;
  private final int[] lastAction;

  /**
   * @param actionsOfGame of each action, which of the game's six it is
   * @param stickyProbability with which a step does the action of the step before again
   */
  MinAtarDynamics(
      Title title, int lanes, int[] actionsOfGame, double stickyProbability, boolean ramping) {
    this.title = title;
    this.actionsOfGame = actionsOfGame;
    this.stickyProbability = stickyProbability;
    game = title.maker().make(lanes, ramping);
    size = Board.CELLS * title.channels();
    boards = new Board[lanes];
    Arrays.setAll(boards, lane -> new Board(title.channels()));
    random = new RandomState[lanes];
    Arrays.setAll(random, lane -> new RandomState(0));
    lastAction = new int[lanes];
  }

  @Override
  public void seed(int lane, long seed) {
    random[lane].seed(seed);
    lastAction[lane] = 0;
  }

  @Override
  public void reset(int lane, Options options, float[] observations) {
    begin(lane, observations);
  }

  /** Begins a game, in which the last action of the one before can still stick. */
  void begin(int lane, float[] observations) {
    game.reset(lane, random[lane]);
    observe(lane, observations);
  }

  @Override
  public void step(
      int from,
      int to,
      int[] actions,
      float[] observations,
      double[] rewards,
      boolean[] terminated) {
    for (int lane = from; lane < to; lane++) {
      if (random[lane].random() >= stickyProbability) {
        lastAction[lane] = actionsOfGame[actions[lane]];
      }
      rewards[lane] = game.step(lane, lastAction[lane], random[lane]);
      terminated[lane] = game.over(lane);
      observe(lane, observations);
    }
  }

  private void observe(int lane, float[] observations) {
    boards[lane].clear(observations, lane * size);
    game.draw(lane, boards[lane]);
  }

  @Override
  public String text(int lane) {
    return CellPicture.text(title, cells(lane));
  }

  @Override
  public BufferedImage image(int lane) {
    return CellPicture.image(title, cells(lane));
  }

  private float[] cells(int lane) {
    float[] cells = new float[size];
    Board board = new Board(title.channels());
    board.clear(cells, 0);
    game.draw(lane, board);
    return cells;
  }

  /** The last action that was done, one of the game's six. */
  int executed(int lane) {
    return lastAction[lane];
  }

  /** How many times the lane's game has become harder. */
  int ramps(int lane) {
    return game.ramps(lane);
  }

  /** The next number in [0, 1) of the lane's random stream, which does not move. */
  double peek(int lane) {
    return random[lane].copy().random();
  }
}
