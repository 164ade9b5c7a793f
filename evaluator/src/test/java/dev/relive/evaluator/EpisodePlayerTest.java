package dev.relive.evaluator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.environments.Environment;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.random.RunSeeds;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Lanes together, against one environment played episode by episode. */
class EpisodePlayerTest {
  private static final EnvironmentSpec CART_POLE = Environments.spec("CartPole-v1");
  private static final RunSeeds SEEDS = new RunSeeds(7);

  @Property(tries = 60)
  void everyEpisodeIsPlayedOnceOnItsOwnSeed(
      @ForAll @IntRange(min = 1, max = 12) int lanes,
      @ForAll @IntRange(min = 1, max = 30) int episodes,
      @ForAll @LongRange(min = 0, max = 10_000) long firstSeed)
      throws InterruptedException {
    try (EpisodePlayer player = player(lanes)) {
      EpisodeResults results = player.play(EpisodePlayerTest::lean, firstSeed, episodes);

      assertEquals(episodes, results.returns().length);
      for (int i = 0; i < episodes; i++) {
        assertEquals(lengthAlone(firstSeed + i), results.lengths()[i], "episode " + i);
        assertEquals((double) results.lengths()[i], results.returns()[i]);
      }
    }
  }

  @Test
  void playingAgainGivesTheSame() throws InterruptedException {
    try (EpisodePlayer player = player(4)) {
      EpisodeResults first = player.play(EpisodePlayerTest::lean, 0, 6);
      EpisodeResults other = player.play(EpisodePlayerTest::lean, 100, 6);
      EpisodeResults again = player.play(EpisodePlayerTest::lean, 0, 6);

      assertArrayEquals(first.returns(), again.returns());
      assertEquals(6, other.returns().length);
    }
  }

  @Test
  void anEvaluationCanBeInterrupted() {
    try (EpisodePlayer player = player(2)) {
      Thread.currentThread().interrupt();

      assertThrows(InterruptedException.class, () -> player.play(EpisodePlayerTest::lean, 0, 1));
    }
  }

  @Test
  void statisticsOfKnownReturns() {
    EpisodeResults results = new EpisodeResults(new double[] {1, 2, 6}, new long[3]);

    assertEquals(3, results.mean());
    assertEquals(Math.sqrt((4 + 1 + 9) / 3.0), results.standardDeviation());
    assertEquals(1, results.least());
    assertEquals(6, results.most());
  }

  @Test
  void theMedianOfAnEvenNumberLiesHalfway() {
    assertEquals(2, new EpisodeResults(new double[] {6, 1, 2}, new long[3]).median());
    assertEquals(4, new EpisodeResults(new double[] {6, 1, 2, 9}, new long[4]).median());
    assertEquals(
        Double.NaN, new EpisodeResults(new double[] {1, Double.NaN}, new long[2]).median());
    assertEquals(Double.NaN, new EpisodeResults(new double[0], new long[0]).median());
  }

  private static EpisodePlayer player(int lanes) {
    return new EpisodePlayer(Environments.vector(CART_POLE, lanes), SEEDS::evaluation);
  }

  /** Pushes to the side that the pole leans to: episodes of some ten steps. */
  private static void lean(float[] observations, int[] actions) {
    for (int lane = 0; lane < actions.length; lane++) {
      actions[lane] = observations[4 * lane + 2] > 0 ? 1 : 0;
    }
  }

  private static long lengthAlone(long seedIndex) {
    try (Environment environment = Environments.environment(CART_POLE)) {
      int[] action = new int[1];
      lean(environment.reset(SEEDS.evaluation(seedIndex)), action);
      long length = 1;
      Environment.Step step = environment.step(action);
      while (!step.ended()) {
        lean(step.observation(), action);
        step = environment.step(action);
        length++;
      }
      return length;
    }
  }
}
