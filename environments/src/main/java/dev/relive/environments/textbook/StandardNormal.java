package dev.relive.environments.textbook;

import dev.relive.environments.random.Generator;

/**
 * The normal distribution with mean 0 and variance 1, by √(-2 ln u) cos 2πv of two uniform numbers,
 * the same on every machine.
 *
 * <p>Source: G. Box and M. Muller, "A Note on the Generation of Random Normal Deviates", 1958.
 */
final class StandardNormal {
  private StandardNormal() {}

  static double draw(Generator random) {
    double u = 1 - random.random();
    double v = random.random();
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
  }
}
