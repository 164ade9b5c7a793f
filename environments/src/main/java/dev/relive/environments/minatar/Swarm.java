package dev.relive.environments.minatar;

import java.util.Arrays;

/**
 * Objects of one kind in one lane, in the order in which they came, each packed in an int: where it
 * is, the way it goes, and two timers. The reference's rules go through such a list from its end
 * and remove from it meanwhile, by value: the first object that equals the one meant. The order and
 * equal objects therefore matter.
 */
final class Swarm {
  /** Columns and rows start here, so that an object can be two columns off the board. */
  private static final int OFFSET = 2;

  private static final int COLUMN = 1;
  private static final int ROW = 1 << 4;
  private static final int CELL_MASK = (1 << 8) - 1;
  private static final int RIGHTWARD = 1 << 8;
  private static final int TIMER = 1 << 9;
  private static final int SHOT_TIMER = 1 << 13;
  private static final int FIELD = 15;

  private int[] objects = new int[16];
  private int count;

  /** An object as it is packed, its timers at 0. */
  static int object(int column, int row, boolean rightward) {
    return (column + OFFSET) * COLUMN + row * ROW + (rightward ? RIGHTWARD : 0);
  }

  static int column(int object) {
    return ((object / COLUMN) & FIELD) - OFFSET;
  }

  static int row(int object) {
    return (object / ROW) & FIELD;
  }

  static boolean rightward(int object) {
    return (object & RIGHTWARD) != 0;
  }

  static int timer(int object) {
    return (object / TIMER) & FIELD;
  }

  static int shotTimer(int object) {
    return (object / SHOT_TIMER) & FIELD;
  }

  static int withTimer(int object, int steps) {
    return (object & ~(FIELD * TIMER)) | (steps * TIMER);
  }

  static int withShotTimer(int object, int steps) {
    return (object & ~(FIELD * SHOT_TIMER)) | (steps * SHOT_TIMER);
  }

  /** One column on. */
  static int moved(int object) {
    return rightward(object) ? object + COLUMN : object - COLUMN;
  }

  static boolean sameCell(int object, int other) {
    return ((object ^ other) & CELL_MASK) == 0;
  }

  static boolean offBoard(int object) {
    return !Game.onBoard(column(object));
  }

  int count() {
    return count;
  }

  int get(int index) {
    return objects[index];
  }

  void set(int index, int object) {
    objects[index] = object;
  }

  void add(int object) {
    if (count == objects.length) {
      objects = Arrays.copyOf(objects, 2 * count); // seldom: most games never have so many
    }
    objects[count++] = object;
  }

  void clear() {
    count = 0;
  }

  /** The index of the first object in the same cell; -1 if there is none. */
  int firstAt(int object) {
    for (int i = 0; i < count; i++) {
      if (sameCell(objects[i], object)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Removes the first object that equals the one at an index.
   *
   * @return where the one meant is afterwards; -1 if it was the one removed
   */
  int removeFirstLike(int index) {
    int first = 0;
    while (objects[first] != objects[index]) {
      first++;
    }
    count--;
    System.arraycopy(objects, first + 1, objects, first, count - first);
    return first == index ? -1 : index - 1;
  }

  /** Whether an object in the row goes the other way. */
  boolean opposes(int row, boolean rightward) {
    for (int i = 0; i < count; i++) {
      if (row(objects[i]) == row && rightward(objects[i]) != rightward) {
        return true;
      }
    }
    return false;
  }
}
