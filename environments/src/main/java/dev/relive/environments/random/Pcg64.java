package dev.relive.environments.random;

/**
 * The PCG64 generator of 64 random bits (PCG XSL RR 128/64), exactly as {@code numpy.random.PCG64}:
 * a 128-bit linear congruential step, then a xor of both halves rotated by the top six bits. Not
 * safe for use by several threads.
 *
 * <p>Source: M. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good
 * Algorithms for Random Number Generation", 2014.
 */
final class Pcg64 {
  private static final long MULTIPLIER_HIGH = 0x2360ED051FC65DA4L;
  private static final long MULTIPLIER_LOW = 0x4385DF649FCCF645L;

  private long high;
  private long low;
  private long incrementHigh;
  private long incrementLow;
  // A 64-bit draw serves two 32-bit ones: its low half first, its high half is kept for the next.
  private boolean hasHalf;
  private int half;

  Pcg64(SeedSequence seed) {
    long[] words = seed.words64(4);
    incrementHigh = words[2] << 1 | words[3] >>> 63;
    incrementLow = words[3] << 1 | 1;
    step();
    low += words[1];
    high += words[0] + (Long.compareUnsigned(low, words[1]) < 0 ? 1 : 0);
    step();
  }

  Pcg64(GeneratorState state) {
    restore(state);
  }

  long next64() {
    step();
    return Long.rotateRight(high ^ low, (int) (high >>> 58));
  }

  int next32() {
    if (hasHalf) {
      hasHalf = false;
      return half;
    }
    long bits = next64();
    hasHalf = true;
    half = (int) (bits >>> 32);
    return (int) bits;
  }

  GeneratorState state() {
    return new GeneratorState(high, low, incrementHigh, incrementLow, hasHalf, hasHalf ? half : 0);
  }

  void restore(GeneratorState state) {
    high = state.high();
    low = state.low();
    incrementHigh = state.incrementHigh();
    incrementLow = state.incrementLow();
    hasHalf = state.hasHalf();
    half = state.half();
  }

  private void step() {
    long productLow = low * MULTIPLIER_LOW;
    long productHigh =
        unsignedMultiplyHigh(low, MULTIPLIER_LOW) + high * MULTIPLIER_LOW + low * MULTIPLIER_HIGH;
    low = productLow + incrementLow;
    high = productHigh + incrementHigh + (Long.compareUnsigned(low, incrementLow) < 0 ? 1 : 0);
  }

  /** The upper half of the 128-bit unsigned product. */
  static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
  }
}
