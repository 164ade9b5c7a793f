package dev.relive.environments.toytext;

import dev.relive.environments.random.Generator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A frozen lake: S where one starts, F where it is frozen, H where there is a hole, G the goal.
 *
 * @param rows lines of letters, all of one length
 */
record LakeMap(List<String> rows) {
  private static final int MOST_CELLS = 10_000;
  private static final int LONGEST_SIDE = 100;
  private static final int MOST_TRIES = 10_000;
  private static final int[] ROW_STEPS = {0, 1, 0, -1};
  private static final int[] COLUMN_STEPS = {-1, 0, 1, 0};

  LakeMap {
    rows = List.copyOf(rows);
  }

  /**
   * Reads rows with commas between.
   *
   * @throws IllegalArgumentException if it is no map, or the goal cannot be reached from a start
   */
  static LakeMap parse(String text) {
    if (text.length() > 2 * MOST_CELLS) {
      throw new IllegalArgumentException(
          "The map of the lake must have at most %,d cells.".formatted(MOST_CELLS));
    }
    LakeMap map = new LakeMap(List.of(text.split(",", -1)));
    map.checkLetters();
    map.checkReachable();
    return map;
  }

  /**
   * Draws a map as Gymnasium's {@code generate_random_map} does: each cell frozen with a
   * probability, again and again until there is a way to the goal.
   *
   * @throws IllegalArgumentException if the size or the probability is not allowed, or no map with
   *     a way was found
   */
  static LakeMap random(int size, double frozen, int seed) {
    if (size < 2 || size > LONGEST_SIDE) {
      throw new IllegalArgumentException(
          "The size of a random map must be 2 to %d, and is %d.".formatted(LONGEST_SIDE, size));
    }
    if (!(frozen >= 0 && frozen <= 1)) {
      throw new IllegalArgumentException(
          "The probability p that a cell is frozen must be 0 to 1, and is " + frozen + ".");
    }
    if (seed < 0) {
      throw new IllegalArgumentException(
          "The seed of a random map must be 0 or more, and is " + seed + ".");
    }
    Generator random = Generator.seeded(seed);
    for (int i = 0; i < MOST_TRIES; i++) {
      LakeMap map = draw(size, new double[] {frozen, 1 - frozen}, random);
      if (map.reachesGoal(0)) {
        return map;
      }
    }
    throw new IllegalArgumentException(
        "None of %,d random maps of size %d with p = %s has a way to the goal; p must be larger."
            .formatted(MOST_TRIES, size, frozen));
  }

  private static LakeMap draw(int size, double[] weights, Generator random) {
    char[] cells = new char[size * size];
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] = random.choice(weights) == 0 ? 'F' : 'H';
    }
    cells[0] = 'S';
    cells[cells.length - 1] = 'G';
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      rows.add(new String(cells, row * size, size));
    }
    return new LakeMap(rows);
  }

  int columns() {
    return rows.get(0).length();
  }

  int cells() {
    return rows.size() * columns();
  }

  char letter(int cell) {
    return rows.get(cell / columns()).charAt(cell % columns());
  }

  /** Where one comes to by going left (0), down (1), right (2) or up (3); the edges hold. */
  int neighbour(int cell, int direction) {
    int row = cell / columns() + ROW_STEPS[direction];
    int column = cell % columns() + COLUMN_STEPS[direction];
    boolean inside = row >= 0 && row < rows.size() && column >= 0 && column < columns();
    return inside ? row * columns() + column : cell;
  }

  /** Whether going on ends here. */
  boolean ends(int cell) {
    return letter(cell) == 'G' || letter(cell) == 'H';
  }

  private void checkLetters() {
    for (int row = 0; row < rows.size(); row++) {
      String letters = rows.get(row);
      if (letters.isEmpty() || letters.length() != columns()) {
        throw new IllegalArgumentException(
            "Row %d of the map of the lake has %d cells, and row 1 has %d; all need the same."
                .formatted(row + 1, letters.length(), columns()));
      }
      for (int column = 0; column < letters.length(); column++) {
        if ("SFHG".indexOf(letters.charAt(column)) < 0) {
          throw new IllegalArgumentException(
              ("Row %d, column %d of the map of the lake must be S (start), F (frozen), H (hole)"
                      + " or G (goal), and is '%s'.")
                  .formatted(row + 1, column + 1, letters.charAt(column)));
        }
      }
    }
  }

  private void checkReachable() {
    boolean started = false;
    for (int cell = 0; cell < cells(); cell++) {
      if (letter(cell) == 'S') {
        started = true;
        if (!reachesGoal(cell)) {
          throw new IllegalArgumentException(
              ("The goal cannot be reached from the start in row %d, column %d of the map of the"
                      + " lake.")
                  .formatted(cell / columns() + 1, cell % columns() + 1));
        }
      }
    }
    if (!started) {
      throw new IllegalArgumentException("The map of the lake has no start (S).");
    }
  }

  private boolean reachesGoal(int start) {
    boolean[] seen = new boolean[cells()];
    Deque<Integer> open = new ArrayDeque<>(Arrays.asList(start));
    seen[start] = true;
    while (!open.isEmpty()) {
      int cell = open.pop();
      if (letter(cell) == 'G') {
        return true;
      }
      for (int direction = 0; direction < ROW_STEPS.length; direction++) {
        int neighbour = neighbour(cell, direction);
        if (!seen[neighbour] && letter(neighbour) != 'H') {
          seen[neighbour] = true;
          open.push(neighbour);
        }
      }
    }
    return false;
  }
}
