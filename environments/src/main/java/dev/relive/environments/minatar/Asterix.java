package dev.relive.environments.minatar;

import dev.relive.environments.random.RandomState;
import java.util.Arrays;
import java.util.List;

/**
 * Gold and enemies cross the rows 1 to 8, at most one in each; gold is to be met and enemies are to
 * be avoided. They appear more often and move faster as time goes on.
 */
final class Asterix extends Game {
  private static final int PLAYER = 0;
  private static final int ENEMY = 1;
  private static final int TRAIL = 2;
  private static final int GOLD = 3;

  static final Title TITLE =
      new Title(
          "Asterix",
          "Collect the gold that passes, and keep away from enemies.",
          List.of(0, LEFT, UP, RIGHT, DOWN),
          List.of(
              new Layer(PLAYER, "player", 'P', 0x4FC3F7),
              new Layer(ENEMY, "enemy", 'E', 0xEF5350),
              new Layer(GOLD, "gold", 'G', 0xFFD54F),
              new Layer(TRAIL, "trail", '.', 0x616161)),
          Asterix::new);

  private static final int SLOTS = 8;
  private static final int ALL_SLOTS = (1 << SLOTS) - 1;
  private static final int SPAWN_SPEED = 10;
  private static final int MOVE_SPEED = 5;
  private static final int RAMP_STEPS = 100;

  private final boolean ramping;
  private final int[] playerColumn;
  private final int[] playerRow;
  // A slot is a row's only object. Of each: a bit in these, and its column.
  private final int[] occupied;
  private final int[] rightward;
  private final int[] gold;
  private final int[] columns;
  private final int[] spawnSpeed;
  private final int[] spawnTimer;
  private final int[] moveSpeed;
  private final int[] moveTimer;
  private final int[] rampTimer;
  private final int[] ramps;

  Asterix(int lanes, boolean ramping) {
    super(lanes);
    this.ramping = ramping;
    playerColumn = new int[lanes];
    playerRow = new int[lanes];
    occupied = new int[lanes];
    rightward = new int[lanes];
    gold = new int[lanes];
    columns = new int[lanes * SLOTS];
    spawnSpeed = new int[lanes];
    spawnTimer = new int[lanes];
    moveSpeed = new int[lanes];
    moveTimer = new int[lanes];
    rampTimer = new int[lanes];
    ramps = new int[lanes];
  }

  @Override
  void reset(int lane, RandomState random) {
    begin(lane);
    playerColumn[lane] = 5;
    playerRow[lane] = 5;
    occupied[lane] = 0;
    Arrays.fill(columns, lane * SLOTS, (lane + 1) * SLOTS, 0);
    spawnSpeed[lane] = SPAWN_SPEED;
    spawnTimer[lane] = SPAWN_SPEED;
    moveSpeed[lane] = MOVE_SPEED;
    moveTimer[lane] = MOVE_SPEED;
    rampTimer[lane] = RAMP_STEPS;
    ramps[lane] = 0;
  }

  @Override
  int step(int lane, int action, RandomState random) {
    if (spawnTimer[lane] == 0) {
      spawnTimer[lane] = spawnSpeed[lane];
      spawn(lane, random);
    }
    movePlayer(lane, action);
    int reward = meet(lane);
    if (moveTimer[lane] == 0) {
      moveTimer[lane] = moveSpeed[lane];
      moveObjects(lane);
      reward += meet(lane);
    }
    spawnTimer[lane]--;
    moveTimer[lane]--;
    if (ramping) {
      ramp(lane);
    }
    return reward;
  }

  private void spawn(int lane, RandomState random) {
    boolean fromLeft = random.random() < 1.0 / 2;
    boolean isGold = random.random() < 1.0 / 3;
    int free = ~occupied[lane] & ALL_SLOTS;
    if (free == 0) {
      return;
    }
    for (int skipped = random.integers(Integer.bitCount(free)); skipped > 0; skipped--) {
      free &= free - 1;
    }
    int slot = Integer.lowestOneBit(free);
    occupied[lane] |= slot;
    rightward[lane] = fromLeft ? (rightward[lane] | slot) : (rightward[lane] & ~slot);
    gold[lane] = isGold ? (gold[lane] | slot) : (gold[lane] & ~slot);
    columns[lane * SLOTS + Integer.numberOfTrailingZeros(slot)] = fromLeft ? 0 : LAST;
  }

  private void movePlayer(int lane, int action) {
    switch (action) {
      case LEFT -> playerColumn[lane] = Math.max(0, playerColumn[lane] - 1);
      case RIGHT -> playerColumn[lane] = Math.min(LAST, playerColumn[lane] + 1);
      case UP -> playerRow[lane] = Math.max(1, playerRow[lane] - 1);
      case DOWN -> playerRow[lane] = Math.min(SLOTS, playerRow[lane] + 1);
      default -> {}
    }
  }

  /** What happens with the object in the player's row, if the player is on it. */
  private int meet(int lane) {
    int index = playerRow[lane] - 1;
    int slot = 1 << index;
    if ((occupied[lane] & slot) == 0 || columns[lane * SLOTS + index] != playerColumn[lane]) {
      return 0;
    }
    if ((gold[lane] & slot) == 0) {
      end(lane);
      return 0;
    }
    occupied[lane] &= ~slot;
    return 1;
  }

  private void moveObjects(int lane) {
    for (int left = occupied[lane]; left != 0; left &= left - 1) {
      int index = Integer.numberOfTrailingZeros(left);
      int column = columns[lane * SLOTS + index] + direction(lane, index);
      columns[lane * SLOTS + index] = column;
      if (!onBoard(column)) {
        occupied[lane] &= ~(1 << index);
      }
    }
  }

  private int direction(int lane, int index) {
    return ((rightward[lane] >>> index) & 1) * 2 - 1;
  }

  private void ramp(int lane) {
    if (spawnSpeed[lane] == 1 && moveSpeed[lane] == 1) {
      return;
    }
    if (rampTimer[lane] >= 0) {
      rampTimer[lane]--;
      return;
    }
    if (moveSpeed[lane] > 1 && ramps[lane] % 2 == 1) {
      moveSpeed[lane]--;
    }
    if (spawnSpeed[lane] > 1) {
      spawnSpeed[lane]--;
    }
    ramps[lane]++;
    rampTimer[lane] = RAMP_STEPS;
  }

  @Override
  void draw(int lane, Board board) {
    board.set(PLAYER, playerRow[lane], playerColumn[lane]);
    for (int left = occupied[lane]; left != 0; left &= left - 1) {
      int index = Integer.numberOfTrailingZeros(left);
      int column = columns[lane * SLOTS + index];
      int channel = ((gold[lane] >>> index) & 1) == 1 ? GOLD : ENEMY;
      board.set(channel, index + 1, column);
      int behind = column - direction(lane, index);
      if (onBoard(behind)) {
        board.set(TRAIL, index + 1, behind);
      }
    }
  }

  @Override
  int ramps(int lane) {
    return ramps[lane];
  }
}
