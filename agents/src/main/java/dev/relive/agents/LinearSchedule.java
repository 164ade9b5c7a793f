package dev.relive.agents;

/**
 * A number that goes in a straight line from {@code first} to {@code last} over {@code steps} and
 * stays there. Exploration in deep Q-learning follows one.
 */
public record LinearSchedule(double first, double last, long steps) {

  /**
   * @throws IllegalArgumentException when steps is negative
   */
  public LinearSchedule {
    if (steps < 0) {
      throw new IllegalArgumentException(
          "A schedule over " + steps + " steps does not exist; allowed are 0 or more.");
    }
  }

  /** The value after so many steps. */
  public double at(long step) {
    return step >= steps ? last : first + (last - first) * ((double) step / steps);
  }
}
