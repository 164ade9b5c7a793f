package dev.relive.environments.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomStateTest {
  /** One seed and what NumPy gives for it, every list from a freshly seeded stream. */
  record Seeded(long seed, JsonNode expected) {
    RandomState stream() {
      return new RandomState(seed);
    }

    @Override
    public String toString() {
      return "seed " + seed;
    }
  }

  static List<Seeded> seeds() {
    return NumpyVectors.list(NumpyVectors.read().get("mt19937")).stream()
        .map(node -> new Seeded(node.get("seed").asLong(), node))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsNumpysBits(Seeded seeded) {
    JsonNode expected =
        seeded.expected().get("raw_uint32_16 (tomaxint-free: randint(0,2**32,dtype=uint32))");
    assertArrayEquals(NumpyVectors.unsignedInts(expected), ints(seeded.stream(), 16));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsNumpysFractions(Seeded seeded) {
    RandomState stream = seeded.stream();
    assertArrayEquals(
        NumpyVectors.doubles(seeded.expected().get("rand_16")),
        DoubleStream.generate(stream::random).limit(16).toArray());

    RandomState later = seeded.stream();
    for (int i = 0; i < 320; i++) {
      later.random();
    }
    assertArrayEquals(
        NumpyVectors.doubles(
            seeded.expected().get("8 doubles after 320 discarded (crosses the 624-word twist)")),
        DoubleStream.generate(later::random).limit(8).toArray());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsNumpysIntegers(Seeded seeded) {
    JsonNode expected = seeded.expected();
    assertIntegers(seeded, expected.get("randint(2) x32 (breakout reset)"), 0, 2);
    assertIntegers(seeded, expected.get("randint(low=1,high=9) x24 (seaquest rows)"), 1, 8);
    JsonNode byBound =
        expected.get("randint(n) x12 for n=1..8 (asterix slots; each list from a fresh generator)");
    for (int bound = 1; bound <= 8; bound++) {
      assertIntegers(seeded, byBound.get(String.valueOf(bound)), 0, bound);
    }
    RandomState cars = seeded.stream();
    for (JsonNode speeds : NumpyVectors.list(expected.get("randint(1,6,8) x3 (freeway speeds)"))) {
      for (JsonNode speed : NumpyVectors.list(speeds)) {
        assertEquals(speed.intValue(), 1 + cars.integers(5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void drawsOneAfterTheOther(Seeded seeded) {
    JsonNode mixed =
        seeded.expected().get("mixed: rand, randint(3), rand, randint(1), randint(8) x6");
    RandomState stream = seeded.stream();
    for (int i = 0; i < mixed.size(); i += 5) {
      assertEquals(mixed.get(i).doubleValue(), stream.random());
      assertEquals(mixed.get(i + 1).intValue(), stream.integers(3));
      assertEquals(mixed.get(i + 2).doubleValue(), stream.random());
      assertEquals(mixed.get(i + 3).intValue(), stream.integers(1));
      assertEquals(mixed.get(i + 4).intValue(), stream.integers(8));
    }
  }

  @Test
  void takesALargeSeedAsTheListOfItsHalves() {
    // np.random.RandomState([seed & 0xffffffff, seed >> 32]).randint(0, 2**32, 4, dtype=np.uint32)
    assertArrayEquals(
        new int[] {485306839, 1508871100, 1794561286, (int) 4014597330L},
        ints(new RandomState(1L << 32), 4));
    assertArrayEquals(
        new int[] {1359979423, (int) 2819855560L, (int) 2711238091L, 569878368},
        ints(new RandomState(Long.MAX_VALUE), 4));
  }

  @Test
  void aCopyGoesOnFromTheSamePlace() {
    RandomState stream = new RandomState(3);
    ints(stream, 7);
    RandomState copy = stream.copy();
    assertArrayEquals(ints(copy, 1000), ints(stream, 1000));
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertEquals(
        "A seed must be an integer of 0 or more, and is -1.",
        assertThrows(IllegalArgumentException.class, () -> new RandomState(-1)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new RandomState(0).integers(0));
  }

  private static void assertIntegers(Seeded seeded, JsonNode expected, int low, int count) {
    RandomState stream = seeded.stream();
    for (JsonNode value : NumpyVectors.list(expected)) {
      assertEquals(value.intValue(), low + stream.integers(count));
    }
  }

  private static int[] ints(RandomState stream, int count) {
    return IntStream.generate(stream::nextInt).limit(count).toArray();
  }
}
