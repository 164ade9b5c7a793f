package dev.relive.environments.minatar;

import dev.relive.environments.random.RandomState;
import java.util.List;

/**
 * A submarine shoots fish and enemy submarines, takes divers on board and brings them to the
 * surface before its oxygen is used up. Each surfacing makes enemies come more often and faster.
 */
final class Seaquest extends Game {
  private static final int SUB_FRONT = 0;
  private static final int SUB_BACK = 1;
  private static final int FRIENDLY_BULLET = 2;
  private static final int TRAIL = 3;
  private static final int ENEMY_BULLET = 4;
  private static final int ENEMY_FISH = 5;
  private static final int ENEMY_SUB = 6;
  private static final int OXYGEN_GAUGE = 7;
  private static final int DIVER_GAUGE = 8;
  private static final int DIVER = 9;

  static final Title TITLE =
      new Title(
          "Seaquest",
          "Shoot fish and submarines, and bring divers up before the oxygen runs out.",
          List.of(0, LEFT, UP, RIGHT, DOWN, FIRE),
          List.of(
              new Layer(SUB_FRONT, "submarine", 'S', 0x4FC3F7),
              new Layer(SUB_BACK, "its back", 's', 0x0288D1),
              new Layer(FRIENDLY_BULLET, "bullet", '-', 0xFFFFFF),
              new Layer(ENEMY_BULLET, "enemy bullet", '*', 0xFFD54F),
              new Layer(ENEMY_FISH, "fish", 'F', 0xEF5350),
              new Layer(ENEMY_SUB, "enemy submarine", 'E', 0xAB47BC),
              new Layer(DIVER, "diver", 'D', 0x81C784),
              new Layer(TRAIL, "trail", '.', 0x616161),
              new Layer(OXYGEN_GAUGE, "oxygen", 'o', 0xB3E5FC),
              new Layer(DIVER_GAUGE, "diver on board", 'd', 0x388E3C)),
          Seaquest::new);

  private static final int FULL_OXYGEN = 200;
  private static final int MOST_DIVERS = 6;
  private static final int LOWEST_ROW = 8;
  private static final int SPAWN_SPEED = 20;
  private static final int DIVER_SPAWN_SPEED = 30;
  private static final int MOVE_SPEED = 5;
  private static final int FASTEST_MOVE_SPEED = 2;
  private static final int DIVER_MOVE_SPEED = 5;
  private static final int ENEMY_SHOT_STEPS = 10;
  private static final int SHOT_STEPS = 5;

  private final boolean ramping;
  private final int[] column;
  private final int[] row;
  private final boolean[] rightward;
  private final boolean[] surfaced;
  private final int[] oxygen;
  private final int[] diversOnBoard;
  private final int[] shotTimer;
  private final int[] spawnSpeed;
  private final int[] spawnTimer;
  private final int[] diverSpawnTimer;
  private final int[] moveSpeed;
  private final int[] ramps;
  private final Swarm[] bullets;
  private final Swarm[] divers;
  private final Swarm[] enemySubs;
  private final Swarm[] enemyBullets;
  private final Swarm[] fish;

  Seaquest(int lanes, boolean ramping) {
    super(lanes);
    this.ramping = ramping;
    column = new int[lanes];
    row = new int[lanes];
    rightward = new boolean[lanes];
    surfaced = new boolean[lanes];
    oxygen = new int[lanes];
    diversOnBoard = new int[lanes];
    shotTimer = new int[lanes];
    spawnSpeed = new int[lanes];
    spawnTimer = new int[lanes];
    diverSpawnTimer = new int[lanes];
    moveSpeed = new int[lanes];
    ramps = new int[lanes];
    bullets = swarms(lanes);
    divers = swarms(lanes);
    enemySubs = swarms(lanes);
    enemyBullets = swarms(lanes);
    fish = swarms(lanes);
  }

  private static Swarm[] swarms(int lanes) {
    Swarm[] swarms = new Swarm[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      swarms[lane] = new Swarm();
    }
    return swarms;
  }

  @Override
  void reset(int lane, RandomState random) {
    begin(lane);
    column[lane] = 5;
    row[lane] = 0;
    rightward[lane] = false;
    surfaced[lane] = true;
    oxygen[lane] = FULL_OXYGEN;
    diversOnBoard[lane] = 0;
    shotTimer[lane] = 0;
    spawnSpeed[lane] = SPAWN_SPEED;
    spawnTimer[lane] = SPAWN_SPEED;
    diverSpawnTimer[lane] = DIVER_SPAWN_SPEED;
    moveSpeed[lane] = MOVE_SPEED;
    ramps[lane] = 0;
    bullets[lane].clear();
    divers[lane].clear();
    enemySubs[lane].clear();
    enemyBullets[lane].clear();
    fish[lane].clear();
  }

  @Override
  int step(int lane, int action, RandomState random) {
    if (spawnTimer[lane] == 0) {
      spawnEnemy(lane, random);
      spawnTimer[lane] = spawnSpeed[lane];
    }
    if (diverSpawnTimer[lane] == 0) {
      spawnDiver(lane, random);
      diverSpawnTimer[lane] = DIVER_SPAWN_SPEED;
    }
    act(lane, action);
    int player = Swarm.object(column[lane], row[lane], rightward[lane]);
    int reward = moveBullets(lane);
    moveDivers(lane, player);
    reward += moveEnemies(lane, player, enemySubs[lane], true);
    moveEnemyBullets(lane, player);
    reward += moveEnemies(lane, player, fish[lane], false);
    spawnTimer[lane] = countedDown(spawnTimer[lane]);
    diverSpawnTimer[lane] = countedDown(diverSpawnTimer[lane]);
    shotTimer[lane] = countedDown(shotTimer[lane]);
    return reward + breathe(lane);
  }

  private static int countedDown(int timer) {
    return timer > 0 ? timer - 1 : timer;
  }

  private void spawnEnemy(int lane, RandomState random) {
    boolean fromLeft = random.random() < 1.0 / 2;
    boolean isSub = random.random() < 1.0 / 3;
    int spawnRow = 1 + random.integers(LOWEST_ROW);
    if (fish[lane].opposes(spawnRow, fromLeft) || enemySubs[lane].opposes(spawnRow, fromLeft)) {
      return;
    }
    int enemy = Swarm.object(fromLeft ? 0 : LAST, spawnRow, fromLeft);
    enemy = Swarm.withTimer(enemy, moveSpeed[lane]);
    if (isSub) {
      enemySubs[lane].add(Swarm.withShotTimer(enemy, ENEMY_SHOT_STEPS));
    } else {
      fish[lane].add(enemy);
    }
  }

  private void spawnDiver(int lane, RandomState random) {
    boolean fromLeft = random.random() < 1.0 / 2;
    int spawnRow = 1 + random.integers(LOWEST_ROW);
    int diver = Swarm.object(fromLeft ? 0 : LAST, spawnRow, fromLeft);
    divers[lane].add(Swarm.withTimer(diver, DIVER_MOVE_SPEED));
  }

  private void act(int lane, int action) {
    switch (action) {
      case FIRE -> {
        if (shotTimer[lane] == 0) {
          bullets[lane].add(Swarm.object(column[lane], row[lane], rightward[lane]));
          shotTimer[lane] = SHOT_STEPS;
        }
      }
      case LEFT -> {
        column[lane] = Math.max(0, column[lane] - 1);
        rightward[lane] = false;
      }
      case RIGHT -> {
        column[lane] = Math.min(LAST, column[lane] + 1);
        rightward[lane] = true;
      }
      case UP -> row[lane] = Math.max(0, row[lane] - 1);
      case DOWN -> row[lane] = Math.min(LOWEST_ROW, row[lane] + 1);
      default -> {}
    }
  }

  private int moveBullets(int lane) {
    Swarm flying = bullets[lane];
    int reward = 0;
    for (int i = flying.count() - 1; i >= 0; i--) {
      int bullet = Swarm.moved(flying.get(i));
      flying.set(i, bullet);
      if (Swarm.offBoard(bullet)) {
        flying.removeFirstLike(i);
      } else if (removeFirstAt(bullet, fish[lane]) || removeFirstAt(bullet, enemySubs[lane])) {
        flying.removeFirstLike(i);
        reward++;
      }
    }
    return reward;
  }

  private static boolean removeFirstAt(int object, Swarm swarm) {
    int index = swarm.firstAt(object);
    if (index < 0) {
      return false;
    }
    swarm.removeFirstLike(index);
    return true;
  }

  private void moveDivers(int lane, int player) {
    Swarm swimming = divers[lane];
    for (int i = swimming.count() - 1; i >= 0; i--) {
      int diver = swimming.get(i);
      if (takesOnBoard(lane, player, diver)) {
        swimming.removeFirstLike(i);
      } else if (Swarm.timer(diver) > 0) {
        swimming.set(i, Swarm.withTimer(diver, Swarm.timer(diver) - 1));
      } else {
        diver = Swarm.moved(Swarm.withTimer(diver, DIVER_MOVE_SPEED));
        swimming.set(i, diver);
        if (Swarm.offBoard(diver) || takesOnBoard(lane, player, diver)) {
          swimming.removeFirstLike(i);
        }
      }
    }
  }

  private boolean takesOnBoard(int lane, int player, int diver) {
    if (!Swarm.sameCell(player, diver) || diversOnBoard[lane] >= MOST_DIVERS) {
      return false;
    }
    diversOnBoard[lane]++;
    return true;
  }

  private int moveEnemies(int lane, int player, Swarm enemies, boolean shoot) {
    int reward = 0;
    for (int i = enemies.count() - 1; i >= 0; i--) {
      int enemy = enemies.get(i);
      int place = i;
      endIfAt(lane, player, enemy);
      if (Swarm.timer(enemy) > 0) {
        enemy = Swarm.withTimer(enemy, Swarm.timer(enemy) - 1);
        enemies.set(i, enemy);
      } else {
        enemy = Swarm.moved(Swarm.withTimer(enemy, moveSpeed[lane]));
        enemies.set(i, enemy);
        endIfAt(lane, player, enemy);
        if (Swarm.offBoard(enemy)) {
          place = enemies.removeFirstLike(i);
        } else if (!Swarm.sameCell(player, enemy) && removeFirstAt(enemy, bullets[lane])) {
          place = enemies.removeFirstLike(i);
          reward++;
        }
      }
      if (shoot) {
        shoot(lane, enemy, place);
      }
    }
    return reward;
  }

  /**
   * An enemy submarine shoots where its time has come, even one that was hit in this step.
   *
   * @param place where it is among the enemy submarines; -1 if it no longer is
   */
  private void shoot(int lane, int enemy, int place) {
    int timer = Swarm.shotTimer(enemy);
    if (timer == 0) {
      enemyBullets[lane].add(
          Swarm.object(Swarm.column(enemy), Swarm.row(enemy), Swarm.rightward(enemy)));
    }
    if (place >= 0) {
      int next = timer == 0 ? ENEMY_SHOT_STEPS : timer - 1;
      enemySubs[lane].set(place, Swarm.withShotTimer(enemy, next));
    }
  }

  private void moveEnemyBullets(int lane, int player) {
    Swarm flying = enemyBullets[lane];
    for (int i = flying.count() - 1; i >= 0; i--) {
      endIfAt(lane, player, flying.get(i));
      int bullet = Swarm.moved(flying.get(i));
      flying.set(i, bullet);
      endIfAt(lane, player, bullet);
      if (Swarm.offBoard(bullet)) {
        flying.removeFirstLike(i);
      }
    }
  }

  private void endIfAt(int lane, int player, int object) {
    if (Swarm.sameCell(player, object)) {
      end(lane);
    }
  }

  /**
   * Uses oxygen up, or takes some in at the surface.
   *
   * @return the reward for six divers brought there
   */
  private int breathe(int lane) {
    if (oxygen[lane] <= 0) {
      end(lane);
    }
    if (row[lane] > 0) {
      oxygen[lane]--;
      surfaced[lane] = false;
      return 0;
    }
    if (surfaced[lane]) {
      return 0;
    }
    if (diversOnBoard[lane] == 0) {
      end(lane);
      return 0;
    }
    return surface(lane);
  }

  /** As in the reference, six divers brought up leave -1 on board, and -1 do not end the game. */
  private int surface(int lane) {
    surfaced[lane] = true;
    int reward = 0;
    if (diversOnBoard[lane] == MOST_DIVERS) {
      diversOnBoard[lane] = 0;
      reward = gauge(lane);
    }
    oxygen[lane] = FULL_OXYGEN;
    diversOnBoard[lane]--;
    if (ramping) {
      ramp(lane);
    }
    return reward;
  }

  private void ramp(int lane) {
    if (spawnSpeed[lane] == 1 && moveSpeed[lane] == FASTEST_MOVE_SPEED) {
      return;
    }
    if (moveSpeed[lane] > FASTEST_MOVE_SPEED && ramps[lane] % 2 == 1) {
      moveSpeed[lane]--;
    }
    if (spawnSpeed[lane] > 1) {
      spawnSpeed[lane]--;
    }
    ramps[lane]++;
  }

  /** The oxygen in tenths of what there can be. */
  private int gauge(int lane) {
    return Math.max(0, oxygen[lane]) * SIZE / FULL_OXYGEN;
  }

  @Override
  void draw(int lane, Board board) {
    board.set(SUB_FRONT, row[lane], column[lane]);
    int back = rightward[lane] ? column[lane] - 1 : column[lane] + 1;
    board.set(SUB_BACK, row[lane], back);
    int full = gauge(lane);
    for (int i = 0; i < full; i++) {
      board.set(OXYGEN_GAUGE, LAST, i);
    }
    for (int i = 1; i <= diversOnBoard[lane]; i++) {
      board.set(DIVER_GAUGE, LAST, LAST - i);
    }
    draw(bullets[lane], board, FRIENDLY_BULLET, false);
    draw(enemyBullets[lane], board, ENEMY_BULLET, false);
    draw(fish[lane], board, ENEMY_FISH, true);
    draw(enemySubs[lane], board, ENEMY_SUB, true);
    draw(divers[lane], board, DIVER, true);
  }

  private static void draw(Swarm swarm, Board board, int channel, boolean trails) {
    for (int i = 0; i < swarm.count(); i++) {
      int object = swarm.get(i);
      int objectRow = Swarm.row(object);
      int objectColumn = Swarm.column(object);
      board.set(channel, objectRow, objectColumn);
      int behind = Swarm.rightward(object) ? objectColumn - 1 : objectColumn + 1;
      if (trails && onBoard(behind)) {
        board.set(TRAIL, objectRow, behind);
      }
    }
  }

  @Override
  int ramps(int lane) {
    return ramps[lane];
  }
}
