package dev.relive.environments.random;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns entropy of any size into well-mixed seed words, exactly as {@code
 * numpy.random.SeedSequence} with its default pool of four words. Immutable.
 *
 * <p>Independent streams for parts of a program are derived with {@link #child}: {@code
 * SeedSequence.of(runSeed).child(role, actor, lane)} is NumPy's {@code SeedSequence(run_seed,
 * spawn_key=(role, actor, lane))}. The construction is M. O'Neill's {@code seed_seq_fe}.
 */
public final class SeedSequence {
  private static final int POOL_SIZE = 4;
  private static final int SHIFT = 16;
  private static final int POOL_HASH_START = 0x43b0d7e5;
  private static final int POOL_HASH_STEP = 0x931e8875;
  private static final int OUTPUT_HASH_START = 0x8b51f9dd;
  private static final int OUTPUT_HASH_STEP = 0x58f38ded;
  private static final int MIX_LEFT = 0xca01f9dd;
  private static final int MIX_RIGHT = 0x4973f715;

  private final int[] entropy;
  private final int[] spawnKey;
  private final int[] pool;

  private SeedSequence(int[] entropy, int[] spawnKey) {
    this.entropy = entropy;
    this.spawnKey = spawnKey;
    this.pool = mixedPool(entropy, spawnKey);
  }

  /**
   * The sequence of one seed, or of a list of integers.
   *
   * @throws IllegalArgumentException if there is none, or one is negative
   */
  public static SeedSequence of(long... entropy) {
    return of(Arrays.stream(entropy).mapToObj(BigInteger::valueOf).toList());
  }

  /**
   * The sequence of non-negative integers of any size.
   *
   * @throws IllegalArgumentException if there is none, or one is negative
   */
  public static SeedSequence of(List<BigInteger> entropy) {
    if (entropy.isEmpty()) {
      throw new IllegalArgumentException(
          "A seed sequence needs at least one integer, and got none.");
    }
    return new SeedSequence(words(entropy), new int[0]);
  }

  /**
   * The sequence with {@code key} appended to its spawn key.
   *
   * @param key integers, each read as an unsigned 64-bit number
   */
  public SeedSequence child(long... key) {
    int[] appended = words(Arrays.stream(key).mapToObj(SeedSequence::unsigned).toList());
    int[] childKey = Arrays.copyOf(spawnKey, spawnKey.length + appended.length);
    System.arraycopy(appended, 0, childKey, spawnKey.length, appended.length);
    return new SeedSequence(entropy, childKey);
  }

  /**
   * The children with keys 0 to {@code count - 1}: what the first {@code spawn(count)} gives in
   * NumPy.
   */
  public List<SeedSequence> spawn(int count) {
    return IntStream.range(0, count).mapToObj(this::child).toList();
  }

  /** Seeds of 63 bits, one from each of the children with keys 0 to {@code count - 1}. */
  public long[] seeds(int count) {
    return spawn(count).stream().mapToLong(child -> child.words64(1)[0] >>> 1).toArray();
  }

  /** {@code generate_state(count, uint32)}. */
  public int[] words32(int count) {
    int[] words = new int[count];
    int hash = OUTPUT_HASH_START;
    for (int i = 0; i < count; i++) {
      int word = pool[i % POOL_SIZE] ^ hash;
      hash *= OUTPUT_HASH_STEP;
      word *= hash;
      words[i] = word ^ (word >>> SHIFT);
    }
    return words;
  }

  /** {@code generate_state(count, uint64)}: two 32-bit words each, the low one first. */
  public long[] words64(int count) {
    int[] halves = words32(Math.multiplyExact(2, count));
    long[] words = new long[count];
    for (int i = 0; i < count; i++) {
      words[i] =
          Integer.toUnsignedLong(halves[2 * i + 1]) << 32 | Integer.toUnsignedLong(halves[2 * i]);
    }
    return words;
  }

  /** {@code SeedSequence.pool}. */
  int[] pool() {
    return pool.clone();
  }

  private static int[] mixedPool(int[] entropy, int[] spawnKey) {
    // A short entropy is padded before a spawn key, so that (1) with key (2) is not (1, 2) without
    // one.
    int entropyLength = spawnKey.length == 0 ? entropy.length : Math.max(entropy.length, POOL_SIZE);
    int[] input = Arrays.copyOf(entropy, entropyLength + spawnKey.length);
    System.arraycopy(spawnKey, 0, input, entropyLength, spawnKey.length);

    int[] pool = new int[POOL_SIZE];
    int hash = POOL_HASH_START;
    for (int i = 0; i < POOL_SIZE; i++, hash *= POOL_HASH_STEP) {
      pool[i] = hashed(i < input.length ? input[i] : 0, hash);
    }
    for (int from = 0; from < POOL_SIZE; from++) {
      for (int to = 0; to < POOL_SIZE; to++) {
        if (from != to) {
          pool[to] = mixed(pool[to], hashed(pool[from], hash));
          hash *= POOL_HASH_STEP;
        }
      }
    }
    for (int from = POOL_SIZE; from < input.length; from++) {
      for (int to = 0; to < POOL_SIZE; to++, hash *= POOL_HASH_STEP) {
        pool[to] = mixed(pool[to], hashed(input[from], hash));
      }
    }
    return pool;
  }

  private static int hashed(int word, int hash) {
    int product = (word ^ hash) * (hash * POOL_HASH_STEP);
    return product ^ (product >>> SHIFT);
  }

  private static int mixed(int left, int right) {
    int difference = MIX_LEFT * left - MIX_RIGHT * right;
    return difference ^ (difference >>> SHIFT);
  }

  /**
   * The integers one after another, each as its 32-bit words, the lowest first; zero is one word.
   */
  private static int[] words(List<BigInteger> integers) {
    return integers.stream().flatMapToInt(SeedSequence::words).toArray();
  }

  private static IntStream words(BigInteger integer) {
    if (integer.signum() < 0) {
      throw new IllegalArgumentException(
          "A seed must be an integer of 0 or more, and is " + integer + ".");
    }
    int count = Math.max(1, (integer.bitLength() + 31) / 32);
    return IntStream.range(0, count).map(i -> integer.shiftRight(32 * i).intValue());
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }
}
