package dev.relive.environments;

import java.awt.image.BufferedImage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One lane of dynamics in this process. */
final class NativeEnvironment implements Environment {
  private final EnvironmentSpec spec;
  private final Lanes lane;
  private boolean seeded;
  private boolean running;

  NativeEnvironment(EnvironmentSpec spec, Task task) {
    this.spec = spec;
    lane = new Lanes(spec, task, 1);
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public float[] reset(@Nullable Long seed, Map<String, String> options) {
    Options checked = lane.resetOptions(options);
    if (seed != null) {
      lane.seed(0, seed);
      seeded = true;
    } else if (!seeded) {
      throw new IllegalStateException(
          spec.id() + " has no random stream yet: its first reset needs a seed.");
    }
    lane.reset(0, checked);
    requireNoFault(false);
    running = true;
    return lane.observations.clone();
  }

  @Override
  public Step step(int... action) {
    requireRunning();
    lane.choose(action);
    return step();
  }

  @Override
  public Step step(float... action) {
    requireRunning();
    lane.choose(action);
    return step();
  }

  private Step step() {
    try {
      lane.step(0, 1);
    } catch (RuntimeException e) {
      running = false;
      throw new EnvironmentFailure("%s threw an exception: %s.".formatted(spec.id(), e), e);
    }
    requireNoFault(true);
    running = !lane.terminated[0] && !lane.truncated[0];
    return new Step(
        lane.observations.clone(), lane.rewards[0], lane.terminated[0], lane.truncated[0]);
  }

  private void requireRunning() {
    if (!running) {
      throw new IllegalStateException(spec.id() + " has no episode to step: reset it first.");
    }
  }

  private void requireNoFault(boolean stepped) {
    String fault = lane.fault(0, stepped);
    if (fault != null) {
      running = false;
      throw new EnvironmentFailure(fault);
    }
  }

  @Override
  public String text() {
    return lane.dynamics().text(0);
  }

  @Override
  public BufferedImage image() {
    return lane.dynamics().image(0);
  }

  Dynamics dynamics() {
    return lane.dynamics();
  }
}
