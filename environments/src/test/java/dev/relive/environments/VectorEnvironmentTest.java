package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.environments.Environment.Step;
import dev.relive.environments.random.Generator;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class VectorEnvironmentTest {
  private static final EnvironmentSpec CART_POLE = Environments.spec("CartPole-v1");

  /**
   * Every lane does what a single environment of its own does, reset unseeded whenever its episode
   * ends.
   */
  @Property(tries = 50)
  void lanesAreIndependentEnvironments(
      @ForAll @IntRange(min = 1, max = 9) int lanes,
      @ForAll @LongRange(min = 0) long seed,
      @ForAll @IntRange(min = 0, max = 40) int maxEpisodeSteps,
      @ForAll boolean suttonBartoReward) {
    EnvironmentSpec spec =
        new EnvironmentSpec(
            CART_POLE.id(),
            Map.of("sutton_barto_reward", String.valueOf(suttonBartoReward)),
            maxEpisodeSteps,
            OptionalDouble.empty(),
            CART_POLE.observationSpace(),
            CART_POLE.actionSpace());
    Generator random = Generator.seeded(seed);
    long[] seeds = LongStream.range(0, lanes).map(lane -> random.nextLong() >>> 1).toArray();
    VectorEnvironment vector = Environments.vector(spec, lanes);
    Environment[] singles =
        Stream.generate(() -> Environments.environment(spec))
            .limit(lanes)
            .toArray(Environment[]::new);
    vector.reset(seeds);
    for (int lane = 0; lane < lanes; lane++) {
      assertArrayEquals(singles[lane].reset(seeds[lane]), row(vector.observations(), lane));
    }

    int[] actions = new int[lanes];
    for (int t = 0; t < 100; t++) {
      Arrays.setAll(actions, lane -> random.integers(2));
      vector.step(actions);
      for (int lane = 0; lane < lanes; lane++) {
        Step step = singles[lane].step(actions[lane]);
        assertEquals(step.reward(), vector.rewards()[lane]);
        assertEquals(step.terminated(), vector.terminated()[lane]);
        assertEquals(step.truncated(), vector.truncated()[lane]);
        if (step.ended()) {
          assertArrayEquals(step.observation(), row(vector.finalObservations(), lane));
          assertArrayEquals(singles[lane].reset(), row(vector.observations(), lane));
        } else {
          assertArrayEquals(step.observation(), row(vector.observations(), lane));
        }
      }
    }
  }

  @Test
  void oneSeedGivesEachLaneTheNext() {
    VectorEnvironment counted = Environments.vector(CART_POLE, 3);
    VectorEnvironment listed = Environments.vector(CART_POLE, 3);
    counted.reset(7);
    listed.reset(new long[] {7, 8, 9});
    assertArrayEquals(listed.observations(), counted.observations());
    assertThrows(ArithmeticException.class, () -> counted.reset(Long.MAX_VALUE - 1));
  }

  @Test
  void aResetForgetsTheStepBefore() {
    VectorEnvironment vector = Environments.vector(CART_POLE, 1);
    vector.reset(7);
    float[] first = vector.observations().clone();
    do {
      vector.step(new int[] {0});
    } while (!vector.terminated()[0]);
    vector.reset(7);
    assertArrayEquals(first, vector.observations());
    assertFalse(vector.terminated()[0]);
    assertEquals(0, vector.rewards()[0]);
  }

  @Test
  void buffersStayTheSame() {
    VectorEnvironment vector = Environments.vector(CART_POLE, 2);
    float[] observations = vector.observations();
    double[] rewards = vector.rewards();
    vector.reset(7);
    vector.step(new int[] {0, 1});
    assertSame(observations, vector.observations());
    assertSame(rewards, vector.rewards());
    assertArrayEquals(new double[] {1, 1}, rewards);
  }

  @Test
  void refusesWhatItCannotDo() {
    VectorEnvironment vector = Environments.vector(CART_POLE, 2);
    assertState(
        "CartPole-v1 has no episodes to step: reset it first.", () -> vector.step(new int[2]));
    assertArgument(
        "CartPole-v1 takes a seed for each of its 2 lanes, and got 1.",
        () -> vector.reset(new long[1]));
    assertArgument(
        "A seed of CartPole-v1 must be at least 0, and is -1.",
        () -> vector.reset(new long[] {1, -1}));
    vector.reset(0);
    float[] before = vector.observations().clone();
    assertArgument(
        "CartPole-v1 takes an action for each of its 2 lanes, and got 3.",
        () -> vector.step(new int[3]));
    assertArgument(
        "An action of CartPole-v1 must be in Discrete(2), and is -1.",
        () -> vector.step(new int[] {0, -1}));
    assertState(
        "The actions of CartPole-v1 are of Discrete(2), and got float actions.",
        () -> vector.step(new float[2]));
    assertArrayEquals(before, vector.observations());
  }

  private static float[] row(float[] rows, int lane) {
    return Arrays.copyOfRange(rows, 4 * lane, 4 * lane + 4);
  }

  private static void assertArgument(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static void assertState(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalStateException.class, call::run).getMessage());
  }
}
