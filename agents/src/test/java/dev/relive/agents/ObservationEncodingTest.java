package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Box;
import dev.relive.environments.Composite;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.MultiBinary;
import dev.relive.environments.MultiDiscrete;
import dev.relive.environments.Space;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ObservationEncodingTest {
  private static final Space BOX = new Box(new int[] {2}, new float[2], new float[] {9, 9});

  @Test
  void aCategoryBecomesANumberForEach() {
    assertArrayEquals(new float[] {0, 0, 1, 0}, encode(new Discrete(4), 2));
    assertArrayEquals(new float[] {1, 0, 0}, encode(new Discrete(3, -5), -5));
    assertArrayEquals(new float[] {0, 1, 1, 0, 0}, encode(new MultiDiscrete(2, 3), 1, 0));
  }

  @Test
  void numbersStayAsTheyAre() {
    assertArrayEquals(new float[] {0.5f, 7}, encode(BOX, 0.5f, 7));
    assertArrayEquals(new float[] {1, 0}, encode(new MultiBinary(2), 1, 0));
    assertTrue(auto(BOX).isIdentity());
    assertFalse(auto(new Discrete(4)).isIdentity());
  }

  @Test
  void theDiscretePartsOfSeveralAreCategories() {
    Space parts =
        new Composite(
            List.of(
                new Composite.Part("where", BOX),
                new Composite.Part("what", new Discrete(3, 1)),
                new Composite.Part("how", new MultiDiscrete(2, 2)),
                new Composite.Part("flags", new MultiBinary(1))));
    assertArrayEquals(
        new float[] {0.5f, 7, 0, 0, 1, 1, 0, 0, 1, 1}, encode(parts, 0.5f, 7, 3, 0, 1, 1));
    assertEquals(6, auto(parts).rawSize());
    assertEquals(10, auto(parts).size());
  }

  @Test
  void categoriesStayNumbersWhereThatIsSaid() {
    ObservationEncoding off = ObservationEncoding.of(spec(new Discrete(4)), OneHot.FALSE, 1, false);
    assertEquals(1, off.size());
    assertTrue(off.isIdentity());
  }

  @Test
  void numbersAreNormalisedAndCategoriesAreNot() {
    Space parts =
        new Composite(
            List.of(new Composite.Part("where", BOX), new Composite.Part("what", new Discrete(2))));
    ObservationEncoder encoder =
        new ObservationEncoder(ObservationEncoding.of(spec(parts), OneHot.AUTO, 1, true));
    encoder.use(new Normalisation(new float[] {1, 2, 100}, new float[] {2, 0.125f, 100}));
    float[] encoded = new float[4];
    encoder.encode(new float[] {9, 4, 6, 1}, 1, encoded, 0);
    assertArrayEquals(new float[] {1.5f, 10, 0, 1}, encoded); // (6 - 2) / 0.125 is beyond 10
  }

  @Test
  void whatIsNoCategoryIsRefused() {
    for (float value : new float[] {4, -1, 1.5f, Float.NaN}) {
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> encode(new Discrete(4), value));
      assertEquals(
          "Number 0 of an observation is " + value + ", and must be a whole number from 0 to 3.",
          e.getMessage());
    }
  }

  @Test
  void refusesCategoriesWhereThereAreNoneAndObservationsBeyondMeasure() {
    Exception none =
        assertThrows(
            IllegalArgumentException.class,
            () -> ObservationEncoding.of(spec(BOX), OneHot.TRUE, 1, false));
    assertEquals(
        "The observations of Test-v0 have no categories to tell apart.", none.getMessage());
    Exception large =
        assertThrows(
            IllegalArgumentException.class,
            () -> ObservationEncoding.of(spec(new Discrete(600_000)), OneHot.AUTO, 2, false));
    assertEquals(
        "An observation of 2 frames becomes 1200000 numbers, and must be at most 1048576.",
        large.getMessage());
  }

  private static float[] encode(Space space, float... raw) {
    ObservationEncoding encoding = auto(space);
    float[] encoded = new float[encoding.size()];
    new ObservationEncoder(encoding).encode(raw, 0, encoded, 0);
    return encoded;
  }

  private static ObservationEncoding auto(Space space) {
    return ObservationEncoding.of(spec(space), OneHot.AUTO, 1, false);
  }

  static dev.relive.log.wire.EnvironmentSpec spec(Space observations) {
    return EnvironmentMessages.message(
        new EnvironmentSpec(
            "Test-v0", Map.of(), 0, OptionalDouble.empty(), observations, new Discrete(2)));
  }
}
