package dev.relive.environments.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratorTest {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  /** One seed and what NumPy gives for it, every list from a freshly seeded generator. */
  record Seeded(String seed, JsonNode expected) {
    Generator generator() {
      return new Generator(SeedSequence.of(List.of(new BigInteger(seed))));
    }

    @Override
    public String toString() {
      return "seed " + seed;
    }
  }

  static List<Seeded> seeds() {
    return NumpyVectors.list(NumpyVectors.read().get("pcg64")).stream()
        .map(node -> new Seeded(node.get("seed").asText(), node))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsNumpysBits(Seeded seeded) {
    JsonNode expected = seeded.expected().get("PCG64");
    GeneratorState state = seeded.generator().state();
    assertEquals(expected.get("state").asText(), decimal(state.high(), state.low()));
    assertEquals(
        expected.get("inc").asText(), decimal(state.incrementHigh(), state.incrementLow()));

    Generator longs = seeded.generator();
    assertArrayEquals(
        NumpyVectors.unsignedLongs(expected.get("raw_uint64_16")),
        LongStream.generate(longs::nextLong).limit(16).toArray());
    Generator ints = seeded.generator();
    assertArrayEquals(
        NumpyVectors.unsignedInts(
            seeded.expected().get("next_uint32_8 (integers(0,2**32,dtype=uint32))")),
        IntStream.generate(ints::nextInt).limit(8).toArray());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsNumpysFractions(Seeded seeded) {
    Generator doubles = seeded.generator();
    assertArrayEquals(
        NumpyVectors.doubles(seeded.expected().get("random_float64_16")),
        DoubleStream.generate(doubles::random).limit(16).toArray());
    Generator floats = seeded.generator();
    for (float expected : NumpyVectors.floats(seeded.expected().get("random_float32_8"))) {
      assertEquals(expected, floats.randomFloat());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsNumpysUniforms(Seeded seeded) {
    JsonNode expected = seeded.expected().get("uniform");
    assertUniform(
        seeded, expected.get("cartpole_reset low=-0.05 high=0.05 size=4 (x3)"), 0.05, 0.05);
    assertUniform(seeded, expected.get("acrobot_reset low=-0.1 high=0.1 size=4"), 0.1, 0.1);
    assertUniform(seeded, expected.get("pendulum_reset low=-[pi,1] high=[pi,1] (x2)"), Math.PI, 1);
    Generator generator = seeded.generator();
    for (double value :
        NumpyVectors.doubles(expected.get("mountaincar_reset scalar low=-0.6 high=-0.4 (x4)"))) {
      assertEquals(value, generator.uniform(-0.6, -0.4));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsNumpysIntegers(Seeded seeded) {
    JsonNode expected = seeded.expected().get("integers_int64");
    assertEquals(20, expected.size());
    assertIntegers(seeded, expected.get("[0,1)"), 0, 1);
    assertIntegers(seeded, expected.get("[0,2)"), 0, 2);
    assertIntegers(seeded, expected.get("[0,3)"), 0, 3);
    assertIntegers(seeded, expected.get("[0,4)"), 0, 4);
    assertIntegers(seeded, expected.get("[0,6)"), 0, 6);
    assertIntegers(seeded, expected.get("[0,10)"), 0, 10);
    assertIntegers(seeded, expected.get("[0,13)"), 0, 13);
    assertIntegers(seeded, expected.get("[0,52)"), 0, 52);
    assertIntegers(seeded, expected.get("[-5,6)"), -5, 6);
    assertIntegers(seeded, expected.get("[0,1000)"), 0, 1000);
    assertIntegers(seeded, expected.get("size=10 [0,6) one call"), 0, 6);
    assertIntegers(seeded, expected.get("[0,2147483648)"), 0, 1L << 31);
    assertIntegers(seeded, expected.get("[0,3221225472)"), 0, 3L << 30);
    assertIntegers(seeded, expected.get("[0,4294967295)"), 0, (1L << 32) - 1);
    assertIntegers(seeded, expected.get("[0,4294967296)"), 0, 1L << 32);
    assertIntegers(seeded, expected.get("[0,4294967297)"), 0, (1L << 32) + 1);
    assertIntegers(seeded, expected.get("[0,6917529027641081856)"), 0, 3L << 61);
    Generator all = seeded.generator();
    for (long value :
        NumpyVectors.longs(expected.get("[-9223372036854775808,9223372036854775808)"))) {
      assertEquals(value, Long.MIN_VALUE + all.nextLong());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsTheUnusedHalfOfADraw(Seeded seeded) {
    JsonNode expected = seeded.expected().get("integers_int64");
    Generator betweenDoubles = seeded.generator();
    JsonNode doubles =
        expected.get(
            "[0,7) then random() alternating x6 (32-bit half is buffered across random())");
    Generator betweenLongs = seeded.generator();
    JsonNode longs = expected.get("[0,2**40) then [0,7) alternating x6");
    for (int i = 0; i < 12; i += 2) {
      assertEquals(doubles.get(i).intValue(), betweenDoubles.integers(7));
      assertEquals(doubles.get(i + 1).doubleValue(), betweenDoubles.random());
      assertEquals(longs.get(i).longValue(), betweenLongs.integers(0, 1L << 40));
      assertEquals(longs.get(i + 1).intValue(), betweenLongs.integers(7));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void choosesAsNumpyDoes(Seeded seeded) {
    JsonNode expected = seeded.expected().get("choice");
    int[] deck = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10};
    Generator cards = seeded.generator();
    for (JsonNode card : NumpyVectors.list(expected.get("deck (blackjack draw_card) x20"))) {
      assertEquals(card.intValue(), deck[cards.integers(deck.length)]);
    }
    Generator suits = seeded.generator();
    for (JsonNode suit : NumpyVectors.list(expected.get("['C','D','H','S'] x8"))) {
      assertEquals(suit.asText(), List.of("C", "D", "H", "S").get(suits.integers(4)));
    }
    Generator tiles = seeded.generator();
    for (JsonNode tile : NumpyVectors.list(expected.get("['F','H'] size=(3,3) p=[0.8,0.2]"))) {
      assertEquals(tile.asText(), List.of("F", "H").get(tiles.choice(new double[] {0.8, 0.2})));
    }
    Generator weighted = seeded.generator();
    for (JsonNode index : NumpyVectors.list(expected.get("range(3) p=[0.2,0.3,0.5] x8"))) {
      assertEquals(index.intValue(), weighted.choice(new double[] {0.2, 0.3, 0.5}));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsCategoriesAsToyTextDoes(Seeded seeded) {
    JsonNode expected = seeded.expected().get("categorical_sample");
    double fail = (1 - 1.0 / 3) / 2;
    double aside = (1 - 0.8) / 2;
    double third = 1.0 / 3;
    assertCategories(seeded, expected.get("[1.0]"), 1);
    assertCategories(
        seeded, expected.get("frozenlake [fail,1/3,fail] fail=(1-1/3)/2"), fail, third, fail);
    assertCategories(seeded, expected.get("cliff slippery [1/3,1/3,1/3]"), third, third, third);
    assertCategories(
        seeded, expected.get("taxi rainy [0.8,(1-0.8)/2,(1-0.8)/2]"), 0.8, aside, aside);
    assertCategories(
        seeded,
        expected.get("uniform 300 of 1/300"),
        DoubleStream.generate(() -> 1.0 / 300).limit(300).toArray());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsRowsOfCountsAsMultiDiscreteDoes(Seeded seeded) {
    JsonNode samples = seeded.expected().get("space_sample (space.seed(seed) then sample())");
    Generator generator = seeded.generator();
    for (JsonNode row : NumpyVectors.list(samples.get("MultiDiscrete([3,3,3]) x4"))) {
      for (JsonNode element : NumpyVectors.list(row)) {
        assertEquals(element.intValue(), (int) (generator.random() * 3));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void goesOnWhereItsStateWasTaken(Seeded seeded) {
    Generator original = seeded.generator();
    original.nextInt(); // leaves a half
    GeneratorState state = original.state();
    long[] expected =
        LongStream.generate(() -> original.nextInt() ^ original.nextLong()).limit(9).toArray();

    Generator copy = new Generator(state);
    assertArrayEquals(
        expected, LongStream.generate(() -> copy.nextInt() ^ copy.nextLong()).limit(9).toArray());
    original.restore(state);
    assertArrayEquals(
        expected,
        LongStream.generate(() -> original.nextInt() ^ original.nextLong()).limit(9).toArray());
  }

  @Test
  void aRangeOfOneDrawsNothing() {
    Generator generator = Generator.seeded(5);
    GeneratorState before = generator.state();
    assertEquals(0, generator.integers(1));
    assertEquals(-4, generator.integers(-4, -3));
    assertEquals(before, generator.state());
  }

  @Test
  void categoryZeroWhenRoundingLeavesNone() {
    assertEquals(0, Generator.seeded(5).categorical(new double[] {0, 0}));
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    Generator generator = Generator.seeded(5);
    assertEquals(
        "The bound of random integers must be 1 or more, and is 0.",
        assertThrows(IllegalArgumentException.class, () -> generator.integers(0)).getMessage());
    assertEquals(
        "Random integers from 3 to below 3 do not exist: low must be less than high.",
        assertThrows(IllegalArgumentException.class, () -> generator.integers(3, 3)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> generator.choice(new double[] {0}));
    assertThrows(IllegalArgumentException.class, () -> new GeneratorState(1, 2, 3, 4, false, 0));
  }

  private static void assertUniform(Seeded seeded, JsonNode expected, double... limits) {
    Generator generator = seeded.generator();
    double[] values = NumpyVectors.doubles(expected);
    for (int i = 0; i < values.length; i++) {
      double limit = limits[i % limits.length];
      assertEquals(values[i], generator.uniform(-limit, limit));
    }
  }

  private static void assertIntegers(Seeded seeded, JsonNode expected, long low, long high) {
    Generator generator = seeded.generator();
    Generator byBound = seeded.generator();
    for (long value : NumpyVectors.longs(expected)) {
      assertEquals(value, generator.integers(low, high), () -> low + " to " + high);
      if (low == 0 && high <= Integer.MAX_VALUE) {
        assertEquals(value, byBound.integers((int) high));
      }
    }
  }

  private static void assertCategories(Seeded seeded, JsonNode expected, double... probabilities) {
    Generator generator = seeded.generator();
    for (JsonNode index : NumpyVectors.list(expected)) {
      assertEquals(index.intValue(), generator.categorical(probabilities));
    }
  }

  private static String decimal(long high, long low) {
    return new BigInteger(Long.toUnsignedString(high))
        .multiply(TWO_TO_64)
        .add(new BigInteger(Long.toUnsignedString(low)))
        .toString();
  }
}
