package dev.relive.producers;

import dev.relive.environments.Box;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.VectorEnvironment;
import dev.relive.environments.random.Generator;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Lanes in which nothing happens but time: an observation is the number of the process start and
 * the count of its observations, so that each is another. Episodes are short and end by chance.
 */
final class TinyEnvironment implements VectorEnvironment {
  private static final int SIZE = 2;
  private static final EnvironmentSpec SPEC =
      new EnvironmentSpec(
          "Tiny-v0",
          Map.of(),
          0,
          OptionalDouble.empty(),
          new Box(new int[] {SIZE}, new float[] {0, 0}, new float[] {1e9f, 1e9f}),
          new Discrete(2));

  private final int start;
  private final Generator random;
  private final float[] observations;
  private final float[] finalObservations;
  private final double[] rewards;
  private final boolean[] abandoned;
  private final boolean[] terminated;
  private final boolean[] truncated;
  private int count;

  /**
   * @param start tells this environment from every other
   */
  TinyEnvironment(int lanes, int start, long seed) {
    this.start = start;
    this.random = Generator.seeded(seed);
    observations = new float[lanes * SIZE];
    finalObservations = new float[lanes * SIZE];
    rewards = new double[lanes];
    abandoned = new boolean[rewards.length];
    terminated = new boolean[lanes];
    truncated = new boolean[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      observe(observations, lane);
    }
  }

  private void observe(float[] rows, int lane) {
    rows[lane * SIZE] = start;
    rows[lane * SIZE + 1] = count++;
  }

  @Override
  public void step(int[] actions) {
    for (int lane = 0; lane < lanes(); lane++) {
      int chance = random.integers(12);
      terminated[lane] = chance == 0;
      truncated[lane] = chance == 1;
      rewards[lane] = actions[lane];
      if (chance < 2) {
        observe(finalObservations, lane);
      }
      observe(observations, lane);
    }
  }

  @Override
  public EnvironmentSpec spec() {
    return SPEC;
  }

  @Override
  public int lanes() {
    return rewards.length;
  }

  @Override
  public void reset(long[] seeds) {
    throw new UnsupportedOperationException("begun with");
  }

  @Override
  public void step(float[] actions) {
    throw new UnsupportedOperationException("the actions are discrete");
  }

  @Override
  public float[] observations() {
    return observations;
  }

  @Override
  public float[] finalObservations() {
    return finalObservations;
  }

  @Override
  public double[] rewards() {
    return rewards;
  }

  @Override
  public boolean[] terminated() {
    return terminated;
  }

  @Override
  public boolean[] truncated() {
    return truncated;
  }

  @Override
  public boolean[] abandoned() {
    return abandoned;
  }

  @Override
  public @Nullable String failure(int lane) {
    return null;
  }
}
