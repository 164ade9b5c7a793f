package dev.relive.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Everything that is left to chance in a schedule, drawn from its seed. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  /** An integer in {@code [least, most]}. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** Whether what happens once in so many times happens; never where that is 0. */
  boolean onceIn(int times) {
    return times > 0 && random.nextInt(times) == 0;
  }

  long bits() {
    return random.nextLong();
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
