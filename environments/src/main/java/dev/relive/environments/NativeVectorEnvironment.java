package dev.relive.environments;

import dev.relive.environments.random.Generator;
import dev.relive.environments.random.SeedSequence;
import java.util.Arrays;
import java.util.Map;

/**
 * Lanes of dynamics in this process, with their random streams, longest episodes and automatic
 * resets.
 */
final class NativeVectorEnvironment implements VectorEnvironment {
  private final EnvironmentSpec spec;
  private final int lanes;
  private final Dynamics dynamics;
  private final Options resetOptions;
  private final int observationSize;
  private final float[] observations;
  private final float[] finalObservations;
  private final double[] rewards;
  private final boolean[] terminated;
  private final boolean[] truncated;
  private final int[] steps;
  private Generator[] random = {};

  NativeVectorEnvironment(EnvironmentSpec spec, Task task, int lanes) {
    this.spec = spec;
    this.lanes = lanes;
    dynamics = task.dynamics().apply(lanes);
    resetOptions = Options.of(spec.id(), "reset option", task.resetOptions(), Map.of());
    observationSize = spec.observationSpace().size();
    observations = new float[Math.multiplyExact(lanes, observationSize)];
    finalObservations = new float[observations.length];
    rewards = new double[lanes];
    terminated = new boolean[lanes];
    truncated = new boolean[lanes];
    steps = new int[lanes];
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public void reset(long[] seeds) {
    if (seeds.length != lanes) {
      throw new IllegalArgumentException(
          "%s takes a seed for each of its %d lanes, and got %d."
              .formatted(spec.id(), lanes, seeds.length));
    }
    random =
        Arrays.stream(seeds)
            .mapToObj(seed -> new Generator(SeedSequence.of(seed)))
            .toArray(Generator[]::new);
    Arrays.fill(rewards, 0);
    Arrays.fill(terminated, false);
    Arrays.fill(truncated, false);
    for (int lane = 0; lane < lanes; lane++) {
      begin(lane);
    }
  }

  @Override
  public void step(int[] actions) {
    if (random.length == 0) {
      throw new IllegalStateException(spec.id() + " has no episodes to step: reset it first.");
    }
    Actions.check(spec, lanes, actions);
    dynamics.step(actions, observations, rewards, terminated);
    for (int lane = 0; lane < lanes; lane++) {
      steps[lane]++;
      truncated[lane] = steps[lane] == spec.maxEpisodeSteps();
      if (terminated[lane] || truncated[lane]) {
        int row = lane * observationSize;
        System.arraycopy(observations, row, finalObservations, row, observationSize);
        begin(lane);
      }
    }
  }

  @Override
  public void step(float[] actions) {
    throw Actions.wrongKind(spec, "float");
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

  private void begin(int lane) {
    steps[lane] = 0;
    dynamics.reset(lane, random[lane], resetOptions, observations);
  }
}
