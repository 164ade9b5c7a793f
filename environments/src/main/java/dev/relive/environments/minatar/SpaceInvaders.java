package dev.relive.environments.minatar;

import dev.relive.environments.random.RandomState;
import java.util.Arrays;
import java.util.List;

/**
 * A cannon shoots at aliens that march down the board and shoot back. The fewer there are the
 * faster they march, and each new wave starts faster.
 */
final class SpaceInvaders extends Game {
  private static final int CANNON = 0;
  private static final int ALIEN = 1;
  private static final int ALIEN_LEFT = 2;
  private static final int ALIEN_RIGHT = 3;
  private static final int FRIENDLY_BULLET = 4;
  private static final int ENEMY_BULLET = 5;

  static final Title TITLE =
      new Title(
          "SpaceInvaders",
          "Shoot down aliens that march down the board, before they hit the cannon.",
          List.of(0, LEFT, RIGHT, FIRE),
          List.of(
              new Layer(CANNON, "cannon", 'C', 0x4FC3F7),
              new Layer(FRIENDLY_BULLET, "bullet", '|', 0xFFFFFF),
              new Layer(ENEMY_BULLET, "enemy bullet", '!', 0xFFD54F),
              new Layer(ALIEN_LEFT, "alien on its way left", '<', 0xEF5350),
              new Layer(ALIEN_RIGHT, "right", '>', 0xEF5350),
              new Layer(ALIEN, "alien", 'A', 0xEF5350)),
          SpaceInvaders::new);

  private static final int WAVE_ROWS = 4;
  private static final int WAVE = 0b0011111100; // columns 2 to 7
  private static final int SLOWEST = 12;
  private static final int FASTEST = 6;
  private static final int ALIEN_SHOT_STEPS = 10;
  private static final int SHOT_STEPS = 5;
  private static final int FIRST_COLUMN = 1;
  private static final int LAST_COLUMN = 1 << LAST;

  private final boolean ramping;
  private final int[] cannon;
  private final int[] shotTimer;
  // Boards of a bit for each column of each row, the lowest bit for column 0.
  private final int[] aliens;
  private final int[] friendlyBullets;
  private final int[] enemyBullets;
  private final boolean[] rightward;
  private final int[] interval;
  private final int[] moveTimer;
  private final int[] alienShotTimer;
  private final int[] ramps;

  SpaceInvaders(int lanes, boolean ramping) {
    super(lanes);
    this.ramping = ramping;
    cannon = new int[lanes];
    shotTimer = new int[lanes];
    aliens = new int[lanes * SIZE];
    friendlyBullets = new int[lanes * SIZE];
    enemyBullets = new int[lanes * SIZE];
    rightward = new boolean[lanes];
    interval = new int[lanes];
    moveTimer = new int[lanes];
    alienShotTimer = new int[lanes];
    ramps = new int[lanes];
  }

  @Override
  void reset(int lane, RandomState random) {
    begin(lane);
    cannon[lane] = 5;
    shotTimer[lane] = 0;
    int top = lane * SIZE;
    Arrays.fill(aliens, top, top + SIZE, 0);
    Arrays.fill(friendlyBullets, top, top + SIZE, 0);
    Arrays.fill(enemyBullets, top, top + SIZE, 0);
    fillWave(lane);
    rightward[lane] = false;
    interval[lane] = SLOWEST;
    moveTimer[lane] = SLOWEST;
    alienShotTimer[lane] = ALIEN_SHOT_STEPS;
    ramps[lane] = 0;
  }

  private void fillWave(int lane) {
    Arrays.fill(aliens, lane * SIZE, lane * SIZE + WAVE_ROWS, WAVE);
  }

  @Override
  int step(int lane, int action, RandomState random) {
    act(lane, action);
    int top = lane * SIZE;
    System.arraycopy(friendlyBullets, top + 1, friendlyBullets, top, LAST);
    friendlyBullets[top + LAST] = 0;
    System.arraycopy(enemyBullets, top, enemyBullets, top + 1, LAST);
    enemyBullets[top] = 0;
    endIfAtCannon(lane, enemyBullets);
    endIfAtCannon(lane, aliens);
    if (moveTimer[lane] == 0) {
      moveTimer[lane] = Math.min(alienCount(lane), interval[lane]);
      moveAliens(lane);
      endIfAtCannon(lane, aliens);
    }
    if (alienShotTimer[lane] == 0) {
      alienShotTimer[lane] = ALIEN_SHOT_STEPS;
      alienShoots(lane);
    }
    int reward = hits(lane);
    if (shotTimer[lane] > 0) {
      shotTimer[lane]--;
    }
    moveTimer[lane]--;
    alienShotTimer[lane]--;
    if (alienCount(lane) == 0) {
      nextWave(lane);
    }
    return reward;
  }

  private void act(int lane, int action) {
    if (action == FIRE && shotTimer[lane] == 0) {
      friendlyBullets[lane * SIZE + LAST] |= 1 << cannon[lane];
      shotTimer[lane] = SHOT_STEPS;
    } else if (action == LEFT) {
      cannon[lane] = Math.max(0, cannon[lane] - 1);
    } else if (action == RIGHT) {
      cannon[lane] = Math.min(LAST, cannon[lane] + 1);
    }
  }

  private void endIfAtCannon(int lane, int[] board) {
    if (((board[lane * SIZE + LAST] >>> cannon[lane]) & 1) == 1) {
      end(lane);
    }
  }

  private int alienCount(int lane) {
    int count = 0;
    for (int row = lane * SIZE; row < (lane + 1) * SIZE; row++) {
      count += Integer.bitCount(aliens[row]);
    }
    return count;
  }

  /** The columns that hold an alien. */
  private int alienColumns(int lane) {
    int columns = 0;
    for (int row = lane * SIZE; row < (lane + 1) * SIZE; row++) {
      columns |= aliens[row];
    }
    return columns;
  }

  /** One column on, or at the edge one row down and the other way from now on. */
  private void moveAliens(int lane) {
    int top = lane * SIZE;
    if ((alienColumns(lane) & (rightward[lane] ? LAST_COLUMN : FIRST_COLUMN)) == 0) {
      for (int row = top; row < top + SIZE; row++) {
        aliens[row] = rightward[lane] ? aliens[row] << 1 : aliens[row] >>> 1;
      }
      return;
    }
    rightward[lane] = !rightward[lane];
    int lowest = aliens[top + LAST];
    if (lowest != 0) {
      end(lane);
    }
    System.arraycopy(aliens, top, aliens, top + 1, LAST);
    aliens[top] = lowest;
  }

  /** The lowest alien of the column nearest to the cannon, of two as near the left one. */
  private void alienShoots(int lane) {
    int columns = alienColumns(lane);
    int distance = 0;
    while ((columns & columnsAt(lane, distance)) == 0) {
      distance++;
    }
    int column = Integer.lowestOneBit(columns & columnsAt(lane, distance));
    int row = lane * SIZE + LAST;
    while ((aliens[row] & column) == 0) {
      row--;
    }
    enemyBullets[row] |= column;
  }

  /** The columns, beyond the board too, at a distance from the cannon. */
  private int columnsAt(int lane, int distance) {
    int right = 1 << (cannon[lane] + distance);
    return distance > cannon[lane] ? right : right | (1 << (cannon[lane] - distance));
  }

  private int hits(int lane) {
    int count = 0;
    for (int row = lane * SIZE; row < (lane + 1) * SIZE; row++) {
      int hit = aliens[row] & friendlyBullets[row];
      aliens[row] ^= hit;
      friendlyBullets[row] ^= hit;
      count += Integer.bitCount(hit);
    }
    return count;
  }

  private void nextWave(int lane) {
    if (ramping && interval[lane] > FASTEST) {
      interval[lane]--;
      ramps[lane]++;
    }
    fillWave(lane);
  }

  @Override
  void draw(int lane, Board board) {
    board.set(CANNON, LAST, cannon[lane]);
    int direction = rightward[lane] ? ALIEN_RIGHT : ALIEN_LEFT;
    for (int i = 0; i < SIZE; i++) {
      board.setAll(ALIEN, i, aliens[lane * SIZE + i]);
      board.setAll(direction, i, aliens[lane * SIZE + i]);
      board.setAll(FRIENDLY_BULLET, i, friendlyBullets[lane * SIZE + i]);
      board.setAll(ENEMY_BULLET, i, enemyBullets[lane * SIZE + i]);
    }
  }

  @Override
  int ramps(int lane) {
    return ramps[lane];
  }
}
