package dev.relive.gymnasium;

import dev.relive.environments.Actions;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.VectorEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lanes of an environment of Gymnasium, spread over Python processes that step side by side. */
final class GymnasiumVectorEnvironment implements VectorEnvironment {
  private final EnvironmentSpec spec;
  private final int count;
  private final StepReply columns;
  private final List<LaneGroup> groups = new ArrayList<>();
  private boolean begun;

  GymnasiumVectorEnvironment(PythonSettings settings, EnvironmentSpec spec, int count)
      throws PythonRefusal, PythonLost {
    this.spec = spec;
    this.count = count;
    columns = new StepReply(spec, count);
    LaneSeeds seeds = new LaneSeeds(count);
    int processes = Math.min(settings.processes(), count);
    try {
      for (int i = 0; i < processes; i++) {
        int first = (int) ((long) count * i / processes);
        int end = (int) ((long) count * (i + 1) / processes);
        groups.add(new LaneGroup(settings, spec, first, end - first, columns, seeds));
      }
    } catch (PythonRefusal | PythonLost | RuntimeException e) {
      close();
      throw e;
    }
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
    groups.forEach(group -> group.reset(seeds));
    begun = true;
  }

  @Override
  public void step(int[] actions) {
    requireBegun();
    Actions.check(spec, count, actions);
    for (LaneGroup group : groups) {
      group.sendActions(actions);
    }
    finishStep();
  }

  @Override
  public void step(float[] actions) {
    requireBegun();
    Actions.check(spec, count, actions);
    for (LaneGroup group : groups) {
      group.sendActions(actions);
    }
    finishStep();
  }

  /** Repairs when all have answered: nobody's time to answer passes while another is repaired. */
  private void finishStep() {
    for (LaneGroup group : groups) {
      group.receive();
    }
    for (LaneGroup group : groups) {
      group.repair();
    }
  }

  private void requireBegun() {
    if (!begun) {
      throw new IllegalStateException(spec.id() + " has no episodes to step: reset it first.");
    }
  }

  @Override
  public float[] observations() {
    return columns.observations;
  }

  @Override
  public float[] finalObservations() {
    return columns.finalObservations;
  }

  @Override
  public double[] rewards() {
    return columns.rewards;
  }

  @Override
  public boolean[] terminated() {
    return columns.terminated;
  }

  @Override
  public boolean[] truncated() {
    return columns.truncated;
  }

  @Override
  public boolean[] abandoned() {
    return columns.abandoned;
  }

  @Override
  public @Nullable String failure(int lane) {
    return columns.failures[lane];
  }

  /** The ids of the Python processes. */
  List<Long> processes() {
    return groups.stream().map(group -> group.python().id()).toList();
  }

  @Override
  public void close() {
    groups.forEach(group -> group.python().askToEnd());
    groups.forEach(LaneGroup::close);
  }
}
