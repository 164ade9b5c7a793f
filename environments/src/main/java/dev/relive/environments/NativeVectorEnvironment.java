package dev.relive.environments;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lanes of dynamics in this process, reset where an episode ends. */
final class NativeVectorEnvironment implements VectorEnvironment {
  /** A lane whose episodes break off so often without a step between never gets anywhere. */
  private static final int MOST_FAILURES_IN_A_ROW = 10;

  private final EnvironmentSpec spec;
  private final int count;
  private final boolean guarded;
  private final Lanes lanes;
  private final Options resetOptions;
  private final int observationSize;
  private final float[] finalObservations;
  private final boolean[] abandoned;
  private final @Nullable String[] failures;
  private final int[] failuresInARow;
  private boolean begun;

  /**
   * @param guarded whether the rules are a stranger's, whose failures end an episode and not all
   */
  NativeVectorEnvironment(EnvironmentSpec spec, Task task, int count, boolean guarded) {
    this.spec = spec;
    this.count = count;
    this.guarded = guarded;
    lanes = new Lanes(spec, task, count);
    resetOptions = lanes.resetOptions(Map.of());
    observationSize = spec.observationSpace().size();
    finalObservations = new float[lanes.observations.length];
    abandoned = new boolean[count];
    failures = new @Nullable String[count];
    failuresInARow = new int[count];
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public int lanes() {
    return count;
  }

  @Override
  public void reset(long[] seeds) {
    Actions.checkSeeds(spec, count, seeds);
    for (int lane = 0; lane < count; lane++) {
      lanes.seed(lane, seeds[lane]);
      lanes.rewards[lane] = 0;
      lanes.terminated[lane] = false;
      lanes.truncated[lane] = false;
      abandoned[lane] = false;
      failuresInARow[lane] = 0;
      begin(lane);
    }
    begun = true;
  }

  @Override
  public void step(int[] actions) {
    requireBegun();
    lanes.choose(actions);
    step();
  }

  @Override
  public void step(float[] actions) {
    requireBegun();
    lanes.choose(actions);
    step();
  }

  private void step() {
    if (guarded) {
      for (int lane = 0; lane < count; lane++) {
        stepGuarded(lane);
      }
    } else {
      lanes.step(0, count);
    }
    for (int lane = 0; lane < count; lane++) {
      if (lanes.terminated[lane] || lanes.truncated[lane]) {
        int row = lane * observationSize;
        System.arraycopy(lanes.observations, row, finalObservations, row, observationSize);
        begin(lane);
      }
    }
  }

  private void stepGuarded(int lane) {
    String failure;
    Throwable cause = null;
    try {
      lanes.step(lane, lane + 1);
      failure = lanes.fault(lane, true);
    } catch (RuntimeException e) {
      failure = "%s threw an exception: %s.".formatted(spec.id(), e);
      cause = e;
    }
    abandoned[lane] = failure != null;
    failures[lane] = failure;
    failuresInARow[lane] = failure == null ? 0 : failuresInARow[lane] + 1;
    if (failure != null) {
      if (failuresInARow[lane] == MOST_FAILURES_IN_A_ROW) {
        throw new EnvironmentFailure(
            "Lane %d broke off %d times in a row: %s"
                .formatted(lane, MOST_FAILURES_IN_A_ROW, failure),
            cause);
      }
      lanes.rewards[lane] = 0;
      lanes.terminated[lane] = false;
      lanes.truncated[lane] = false;
      begin(lane);
    }
  }

  private void begin(int lane) {
    if (!guarded) {
      lanes.reset(lane, resetOptions);
      return;
    }
    String fault;
    try {
      lanes.reset(lane, resetOptions);
      fault = lanes.fault(lane, false);
    } catch (RuntimeException e) {
      throw new EnvironmentFailure(
          "%s threw an exception as an episode was to begin: %s.".formatted(spec.id(), e), e);
    }
    if (fault != null) {
      throw new EnvironmentFailure(fault);
    }
  }

  private void requireBegun() {
    if (!begun) {
      throw new IllegalStateException(spec.id() + " has no episodes to step: reset it first.");
    }
  }

  @Override
  public float[] observations() {
    return lanes.observations;
  }

  @Override
  public float[] finalObservations() {
    return finalObservations;
  }

  @Override
  public double[] rewards() {
    return lanes.rewards;
  }

  @Override
  public boolean[] terminated() {
    return lanes.terminated;
  }

  @Override
  public boolean[] truncated() {
    return lanes.truncated;
  }

  @Override
  public boolean[] abandoned() {
    return abandoned;
  }

  @Override
  public @Nullable String failure(int lane) {
    return abandoned[lane] ? failures[lane] : null;
  }
}
