package dev.relive.environments.random;

/**
 * A stream of random numbers, exactly as {@code numpy.random.Generator(PCG64(seed))}: the same
 * methods called in the same order give the same numbers to the last bit. Draws allocate nothing.
 * Not safe for use by several threads.
 *
 * <p>Draws of 64 bits ({@link #random}, {@link #uniform}, {@link #nextLong}) neither use nor drop
 * the 32 bits that a 32-bit draw ({@link #nextInt}, {@link #randomFloat}, {@link #integers}) has
 * left over.
 */
public final class Generator {
  private static final double DOUBLE_UNIT = 0x1p-53;
  private static final float FLOAT_UNIT = 0x1p-24f;
  private static final long MAX_UNSIGNED_INT = 0xFFFFFFFFL;

  private final Pcg64 bits;

  public Generator(SeedSequence seed) {
    bits = new Pcg64(seed);
  }

  /** A generator that goes on where another stood. */
  public Generator(GeneratorState state) {
    bits = new Pcg64(state);
  }

  /**
   * {@code numpy.random.default_rng(seed)}.
   *
   * @throws IllegalArgumentException if the seed is negative
   */
  public static Generator seeded(long seed) {
    return new Generator(SeedSequence.of(seed));
  }

  public GeneratorState state() {
    return bits.state();
  }

  /** Goes on where {@code state} was taken. */
  public void restore(GeneratorState state) {
    bits.restore(state);
  }

  /** 64 random bits. */
  public long nextLong() {
    return bits.next64();
  }

  /** 32 random bits. */
  public int nextInt() {
    return bits.next32();
  }

  /** Uniform in [0, 1), with 53 random bits. */
  public double random() {
    return (bits.next64() >>> 11) * DOUBLE_UNIT;
  }

  /** Uniform in [0, 1), with 24 random bits: {@code random(dtype=float32)}. */
  public float randomFloat() {
    return (bits.next32() >>> 8) * FLOAT_UNIT;
  }

  /** Uniform in [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * random();
  }

  /**
   * Uniform in 0 to {@code bound - 1}. A bound of 1 draws nothing.
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int integers(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException(
          "The bound of random integers must be 1 or more, and is " + bound + ".");
    }
    return bound == 1 ? 0 : bounded32(bound);
  }

  /**
   * Uniform in {@code low} to {@code high - 1}. A range of one integer draws nothing.
   *
   * @throws IllegalArgumentException if the range is empty
   */
  public long integers(long low, long high) {
    if (low >= high) {
      throw new IllegalArgumentException(
          "Random integers from "
              + low
              + " to below "
              + high
              + " do not exist: low must be less than high.");
    }
    long largest = high - 1 - low;
    if (largest == 0) {
      return low;
    }
    if (Long.compareUnsigned(largest, MAX_UNSIGNED_INT) < 0) {
      return low + Integer.toUnsignedLong(bounded32((int) (largest + 1)));
    }
    if (largest == MAX_UNSIGNED_INT) {
      return low + Integer.toUnsignedLong(bits.next32());
    }
    return low + bounded64(largest + 1);
  }

  /**
   * An index drawn with the given weights: {@code choice(len(weights), p=weights)}, the first index
   * at which the cumulative weight, divided by their sum, is above {@link #random}.
   *
   * @throws IllegalArgumentException if the weights do not add up to a positive number
   */
  public int choice(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException(
          "The weights of a random choice must add up to more than 0, and add up to " + sum + ".");
    }
    double u = random();
    double cumulative = 0;
    for (int i = 0; i < weights.length; i++) {
      cumulative += weights[i];
      if (cumulative / sum > u) {
        return i;
      }
    }
    throw new IllegalArgumentException("The weights of a random choice must not be negative.");
  }

  /**
   * An index drawn with the given probabilities as Gymnasium's toy text environments do it: the
   * first index at which their cumulative sum, as it is, is above {@link #random}, and 0 if
   * rounding leaves none.
   */
  public int categorical(double[] probabilities) {
    double u = random();
    double cumulative = 0;
    for (int i = 0; i < probabilities.length; i++) {
      cumulative += probabilities[i];
      if (cumulative > u) {
        return i;
      }
    }
    return 0;
  }

  /**
   * Uniform in 0 to {@code bound - 1}, both unsigned, without bias and mostly without division.
   * Source: D. Lemire, "Fast Random Integer Generation in an Interval", 2019.
   */
  private int bounded32(int bound) {
    long unsignedBound = Integer.toUnsignedLong(bound);
    long product = Integer.toUnsignedLong(bits.next32()) * unsignedBound;
    if (Integer.compareUnsigned((int) product, bound) < 0) {
      int threshold = Integer.remainderUnsigned(-bound, bound);
      while (Integer.compareUnsigned((int) product, threshold) < 0) {
        product = Integer.toUnsignedLong(bits.next32()) * unsignedBound;
      }
    }
    return (int) (product >>> 32);
  }

  /** As {@link #bounded32}, on 64 bits. */
  private long bounded64(long bound) {
    long random = bits.next64();
    if (Long.compareUnsigned(random * bound, bound) < 0) {
      long threshold = Long.remainderUnsigned(-bound, bound);
      while (Long.compareUnsigned(random * bound, threshold) < 0) {
        random = bits.next64();
      }
    }
    return Pcg64.unsignedMultiplyHigh(random, bound);
  }
}
