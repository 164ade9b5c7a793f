package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relive.environments.Composite.Part;
import dev.relive.environments.random.Generator;
import dev.relive.environments.random.NumpyVectors;
import dev.relive.environments.random.SeedSequence;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpaceTest {
  private static final Box PUSH = Box.of(-2, 2, 1);
  private static final Box ANY =
      new Box(new int[] {1}, new float[] {-1}, new float[] {Float.POSITIVE_INFINITY});

  @Test
  void samplesWhatGymnasiumSamples() {
    for (JsonNode seeded : NumpyVectors.list(NumpyVectors.read().get("pcg64"))) {
      JsonNode samples = seeded.get("space_sample (space.seed(seed) then sample())");
      SeedSequence seed = SeedSequence.of(List.of(new BigInteger(seeded.get("seed").asText())));
      for (int count : new int[] {2, 3, 4, 6}) {
        Generator random = new Generator(seed);
        for (long value : NumpyVectors.longs(samples.get("Discrete(" + count + ") x16"))) {
          assertEquals(value, new Discrete(count).sample(random));
        }
      }
      for (float bound : new float[] {1, 2}) {
        Generator random = new Generator(seed);
        Box box = new Box(new int[] {1}, new float[] {-bound}, new float[] {bound});
        float[] row = new float[2];
        for (float value :
            NumpyVectors.floats(
                samples.get("Box(%s,%s,(1,),float32) x8".formatted(-bound, bound)))) {
          box.sample(random, row, 1);
          assertArrayEquals(new float[] {0, value}, row);
        }
      }
      Generator random = new Generator(seed);
      for (JsonNode row : NumpyVectors.list(samples.get("MultiDiscrete([3,3,3]) x4"))) {
        int[] expected =
            Arrays.stream(NumpyVectors.longs(row)).mapToInt(Math::toIntExact).toArray();
        assertArrayEquals(expected, integers(new MultiDiscrete(3, 3, 3), random));
      }
    }
  }

  /** From Gymnasium 1.4.0 with NumPy 2.4.6: seed 7, then samples, then random(). */
  @Test
  void samplesBinaryNumbersByTheByte() {
    Generator random = Generator.seeded(7);
    MultiBinary three = new MultiBinary(3);
    assertArrayEquals(new int[] {1, 0, 1}, integers(three, random));
    assertArrayEquals(new int[] {1, 0, 0}, integers(three, random));
    assertArrayEquals(new int[] {1, 0, 0}, integers(three, random));
    assertArrayEquals(new int[] {1, 1, 1}, integers(three, random));
    assertEquals(0.7756856902451935, random.random());

    random = Generator.seeded(7);
    MultiBinary six = new MultiBinary(2, 3);
    assertArrayEquals(new int[] {1, 0, 1, 1, 1, 0}, integers(six, random));
    assertArrayEquals(new int[] {1, 0, 0, 1, 1, 1}, integers(six, random));
  }

  @Test
  void samplesThePartsOfACompositeSpaceInTheirOrder() {
    Composite integers =
        new Composite(
            List.of(
                new Part("dice", new MultiDiscrete(6, 6)), new Part("coin", new Discrete(2, 5))));
    Generator random = Generator.seeded(3);
    int[] dice = integers(new MultiDiscrete(6, 6), random);
    int coin = new Discrete(2, 5).sample(random);
    assertArrayEquals(new int[] {dice[0], dice[1], coin}, integers(integers, Generator.seeded(3)));

    Composite mixed =
        new Composite(List.of(new Part("coin", new Discrete(2)), new Part("push", PUSH)));
    random = Generator.seeded(3);
    float[] expected = {new Discrete(2).sample(random), 0};
    PUSH.sample(random, expected, 1);
    float[] row = new float[2];
    mixed.sample(Generator.seeded(3), row, 0);
    assertArrayEquals(expected, row);
    assertThrows(IllegalStateException.class, () -> integers(mixed, Generator.seeded(3)));
  }

  @ParameterizedTest
  @MethodSource("bounded")
  void samplesTheSameValuesInBothKindsOfRowsAndOnlyThoseOfTheSpace(Space space) {
    Generator floats = Generator.seeded(11);
    Generator integers = Generator.seeded(11);
    float[] row = new float[space.size() + 1];
    row[0] = -7;
    for (int i = 0; i < 1_000; i++) {
      space.sample(floats, row, 1);
      assertEquals(-7, row[0]);
      for (int element = 0; element < space.size(); element++) {
        assertTrue(space.contains(element, row[element + 1]), Arrays.toString(row));
      }
      if (space.integral()) {
        int[] same = integers(space, integers);
        for (int element = 0; element < space.size(); element++) {
          assertEquals(row[element + 1], same[element]);
        }
      }
    }
  }

  private static List<Space> bounded() {
    Space dice = new MultiDiscrete(6, 1, 20);
    return List.of(
        new Discrete(3, -1),
        dice,
        new MultiBinary(3, 3),
        PUSH,
        new Composite(List.of(new Part("dice", dice), new Part("coin", new Discrete(2)))),
        new Composite(List.of(new Part("dice", dice), new Part("push", PUSH))));
  }

  private static int[] integers(Space space, Generator random) {
    int[] row = new int[space.size()];
    space.sample(random, row, 0);
    return row;
  }

  @Test
  void aDiscreteSpaceEndsWhereItsCountEnds() {
    Discrete space = new Discrete(3, -1);
    assertFalse(space.contains(-2));
    assertTrue(space.contains(-1));
    assertTrue(space.contains(1));
    assertFalse(space.contains(2));
    assertFalse(space.contains(Integer.MIN_VALUE));
    assertTrue(new Discrete(1, Integer.MAX_VALUE).contains(Integer.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> new Discrete(0));
    assertThrows(IllegalArgumentException.class, () -> new Discrete(2, Integer.MAX_VALUE));
  }

  @Test
  void boxesWithTheSameBoundsAreEqual() {
    Box same = new Box(new int[] {1}, new float[] {-1}, new float[] {Float.POSITIVE_INFINITY});
    assertEquals(ANY, same);
    assertEquals(ANY.hashCode(), same.hashCode());
    assertNotEquals(ANY, new Box(new int[] {1}, new float[] {-1}, new float[] {1}));
    assertNotEquals(
        ANY, new Box(new int[] {1, 1}, new float[] {-1}, new float[] {Float.POSITIVE_INFINITY}));
  }

  @Test
  void refusesWhatIsNoBox() {
    assertEquals(
        "A box of shape [2, 3] needs 6 low and high bounds, and has 1 and 6.",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Box(new int[] {2, 3}, new float[1], new float[6]))
            .getMessage());
    assertEquals(
        "Element 0 of a box has the low bound 2.0, which is above its high bound 1.0.",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Box(new int[] {1}, new float[] {2}, new float[] {1}))
            .getMessage());
    assertThrows(
        IllegalStateException.class, () -> ANY.sample(Generator.seeded(0), new float[1], 0));
  }
}
