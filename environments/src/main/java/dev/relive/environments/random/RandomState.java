package dev.relive.environments.random;

/**
 * A stream of random numbers, exactly as NumPy's older {@code numpy.random.RandomState(seed)}: the
 * same methods called in the same order give the same numbers to the last bit. Draws allocate
 * nothing. Not safe for use by several threads.
 *
 * <p>Source: M. Matsumoto and T. Nishimura, "Mersenne Twister: A 623-dimensionally equidistributed
 * uniform pseudorandom number generator", 1998 (MT19937).
 */
public final class RandomState {
  private static final int SIZE = 624;
  private static final int MIDDLE = 397;
  private static final int TWIST = 0x9908b0df;
  private static final int TEMPER_B = 0x9d2c5680;
  private static final int TEMPER_C = 0xefc60000;
  private static final int SEED_STEP = 1812433253;
  private static final int LIST_SEED = 19650218;
  private static final int LIST_STEP = 1664525;
  private static final int LIST_END_STEP = 1566083941;
  private static final double DOUBLE_UNIT = 0x1p-53;

  private final int[] words = new int[SIZE];
  private int next;

  /** As {@link #seed}. */
  public RandomState(long seed) {
    seed(seed);
  }

  private RandomState(RandomState other) {
    System.arraycopy(other.words, 0, words, 0, SIZE);
    next = other.next;
  }

  /**
   * Starts the stream anew: as {@code RandomState(seed)} with a seed of at most 32 bits, which is
   * all that NumPy takes, and as {@code RandomState([low 32 bits, high 32 bits])} with a larger
   * one.
   *
   * @throws IllegalArgumentException if the seed is negative
   */
  public void seed(long seed) {
    if (seed < 0) {
      throw new IllegalArgumentException(
          "A seed must be an integer of 0 or more, and is " + seed + ".");
    }
    if (seed >>> Integer.SIZE == 0) {
      fill((int) seed);
    } else {
      fill(LIST_SEED);
      mixIn((int) seed, (int) (seed >>> Integer.SIZE));
    }
    next = SIZE;
  }

  /** A stream that goes on where this one stands. */
  public RandomState copy() {
    return new RandomState(this);
  }

  /** 32 random bits. */
  public int nextInt() {
    if (next == SIZE) {
      twist();
      next = 0;
    }
    int word = words[next++];
    word ^= word >>> 11;
    word ^= (word << 7) & TEMPER_B;
    word ^= (word << 15) & TEMPER_C;
    return word ^ (word >>> 18);
  }

  /** Uniform in [0, 1), with 53 random bits: {@code rand()}. */
  public double random() {
    int high = nextInt() >>> 5;
    int low = nextInt() >>> 6;
    return (((long) high << 26) + low) * DOUBLE_UNIT;
  }

  /**
   * Uniform in 0 to {@code bound - 1}: {@code randint(bound)}, which draws as many bits as the
   * largest of them has, until they are not above it. A bound of 1 draws nothing.
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int integers(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException(
          "The bound of random integers must be 1 or more, and is " + bound + ".");
    }
    if (bound == 1) {
      return 0;
    }
    int mask = -1 >>> Integer.numberOfLeadingZeros(bound - 1);
    int drawn;
    do {
      drawn = nextInt() & mask;
    } while (drawn >= bound);
    return drawn;
  }

  private void fill(int seed) {
    words[0] = seed;
    for (int i = 1; i < SIZE; i++) {
      words[i] = SEED_STEP * (words[i - 1] ^ (words[i - 1] >>> 30)) + i;
    }
  }

  /** The authors' seeding by a list, here of two words. */
  private void mixIn(int... list) {
    int i = 1;
    for (int k = 0; k < SIZE; k++) {
      words[i] =
          (words[i] ^ scrambledBefore(i) * LIST_STEP) + list[k % list.length] + k % list.length;
      i = following(i);
    }
    for (int k = 1; k < SIZE; k++) {
      words[i] = (words[i] ^ scrambledBefore(i) * LIST_END_STEP) - i;
      i = following(i);
    }
    words[0] = Integer.MIN_VALUE;
  }

  private int scrambledBefore(int i) {
    return words[i - 1] ^ (words[i - 1] >>> 30);
  }

  private int following(int i) {
    if (i < SIZE - 1) {
      return i + 1;
    }
    words[0] = words[SIZE - 1];
    return 1;
  }

  /** The next 624 words. */
  private void twist() {
    for (int i = 0; i < SIZE - MIDDLE; i++) {
      words[i] = words[i + MIDDLE] ^ twisted(words[i], words[i + 1]);
    }
    for (int i = SIZE - MIDDLE; i < SIZE - 1; i++) {
      words[i] = words[i + MIDDLE - SIZE] ^ twisted(words[i], words[i + 1]);
    }
    words[SIZE - 1] = words[MIDDLE - 1] ^ twisted(words[SIZE - 1], words[0]);
  }

  private static int twisted(int upper, int lower) {
    int joined = (upper & Integer.MIN_VALUE) | (lower & Integer.MAX_VALUE);
    return (joined >>> 1) ^ (-(joined & 1) & TWIST);
  }
}
