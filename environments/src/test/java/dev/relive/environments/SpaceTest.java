package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relive.environments.random.Generator;
import dev.relive.environments.random.NumpyVectors;
import dev.relive.environments.random.SeedSequence;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpaceTest {
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
    }
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
