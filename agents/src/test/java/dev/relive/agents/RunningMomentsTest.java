package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.environments.random.Generator;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RunningMomentsTest {

  @Test
  void meanAndDeviationByHand() {
    RunningMoments moments = new RunningMoments(2);
    moments.add(new float[] {2, 7, 4, 7, 9, 7}, 3);

    assertEquals(3, moments.count());
    assertArrayEquals(new double[] {5, 7}, moments.mean(), 1e-12);
    assertArrayEquals(new double[] {9 + 1 + 16, 0}, moments.squares(), 1e-12);
    Normalisation normalisation = moments.normalisation();
    assertArrayEquals(new float[] {5, 7}, normalisation.mean());
    assertEquals((float) Math.sqrt(26.0 / 3 + 1e-8), normalisation.deviation()[0]);
    assertEquals(1e-4f, normalisation.deviation()[1], "what never changed stays finite");
  }

  @Test
  void oneObservationSaysNothingYet() {
    RunningMoments moments = new RunningMoments(1);
    moments.add(new float[] {5}, 1);
    assertArrayEquals(new float[] {0}, moments.normalisation().mean());
    assertArrayEquals(new float[] {1}, moments.normalisation().deviation());
  }

  /** Beside two passes over all numbers; far from 0, where a sum of squares would lose itself. */
  @Property(tries = 50)
  void agreesWithTwoPasses(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 300) int rows) {
    Generator random = Generator.seeded(seed);
    double offset = random.uniform(-1e6, 1e6);
    float[] values = new float[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = (float) (offset + random.uniform(-3, 3));
    }
    double[] exact = PlainNetwork.doubles(values);
    double mean = Arrays.stream(exact).sum() / rows;
    double squares = Arrays.stream(exact).map(x -> (x - mean) * (x - mean)).sum();

    RunningMoments moments = new RunningMoments(1);
    moments.add(values, rows);
    assertEquals(mean, moments.mean()[0], 1e-6);
    assertEquals(squares, moments.squares()[0], 1e-6 * rows);
  }

  /** However the rows are cut into calls, and wherever it goes on after a restart. */
  @Property(tries = 50)
  void dependsOnNothingButTheOrderOfTheRows(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Generator random = Generator.seeded(seed);
    int rows = 1 + random.integers(100);
    float[] values = PlainBatch.random(rows, 3, 1, random).observations();
    RunningMoments whole = new RunningMoments(3);
    whole.add(values, rows);

    RunningMoments cut = new RunningMoments(3);
    for (int from = 0; from < rows; ) {
      int count = 1 + random.integers(rows - from);
      cut.add(Arrays.copyOfRange(values, 3 * from, 3 * (from + count)), count);
      from += count;
      RunningMoments restarted = new RunningMoments(3);
      restarted.restore(cut.count(), cut.mean(), cut.squares());
      cut = restarted;
    }
    assertArrayEquals(whole.mean(), cut.mean());
    assertArrayEquals(whole.squares(), cut.squares());
  }

  @Test
  void refusesMomentsOfOtherObservations() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new RunningMoments(2).restore(1, new double[3], new double[3]));
  }
}
