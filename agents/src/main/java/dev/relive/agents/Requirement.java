package dev.relive.agents;

/** How settings refuse a number that is out of its range. */
final class Requirement {

  private Requirement() {}

  /**
   * @throws IllegalArgumentException naming the setting, its value and what is allowed
   */
  static void require(boolean holds, String name, double value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "The " + name + " is " + value + "; allowed is " + allowed + ".");
    }
  }
}
