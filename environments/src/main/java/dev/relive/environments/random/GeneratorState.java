package dev.relive.environments.random;

/**
 * Where a {@link Generator} stands in its stream: all it takes to go on from there.
 *
 * @param high upper half of the 128-bit state
 * @param low lower half of the 128-bit state
 * @param incrementHigh upper half of the 128-bit increment, which names the stream
 * @param incrementLow lower half of the increment, odd
 * @param hasHalf whether 32 bits of the last draw wait for the next 32-bit draw
 * @param half those bits; 0 when there are none
 */
public record GeneratorState(
    long high, long low, long incrementHigh, long incrementLow, boolean hasHalf, int half) {
  /**
   * @throws IllegalArgumentException if no generator can be in this state
   */
  public GeneratorState {
    if ((incrementLow & 1) == 0) {
      throw new IllegalArgumentException(
          "The increment of a generator must be odd, and its low half is " + incrementLow + ".");
    }
  }
}
