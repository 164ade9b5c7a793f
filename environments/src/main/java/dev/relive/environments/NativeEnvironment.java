package dev.relive.environments;

import dev.relive.environments.random.Generator;
import dev.relive.environments.random.SeedSequence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One lane of dynamics in this process, with its random stream and the longest episode. */
final class NativeEnvironment implements Environment {
  private final EnvironmentSpec spec;
  private final Task task;
  private final Dynamics dynamics;
  private final float[] observation;
  private final double[] reward = new double[1];
  private final boolean[] terminated = new boolean[1];
  private @Nullable Generator random;
  private boolean running;
  private int steps;

  NativeEnvironment(EnvironmentSpec spec, Task task) {
    this.spec = spec;
    this.task = task;
    dynamics = task.dynamics().apply(1);
    observation = new float[spec.observationSpace().size()];
  }

  @Override
  public EnvironmentSpec spec() {
    return spec;
  }

  @Override
  public float[] reset(@Nullable Long seed, Map<String, String> options) {
    Options checked = Options.of(spec.id(), "reset option", task.resetOptions(), options);
    if (seed != null) {
      random = new Generator(SeedSequence.of(seed));
    }
    dynamics.reset(0, random(), checked, observation);
    running = true;
    steps = 0;
    return observation.clone();
  }

  @Override
  public Step step(int... action) {
    if (!running) {
      throw new IllegalStateException(spec.id() + " has no episode to step: reset it first.");
    }
    Actions.check(spec, 1, action);
    dynamics.step(action, observation, reward, terminated);
    steps++;
    boolean truncated = steps == spec.maxEpisodeSteps();
    running = !terminated[0] && !truncated;
    return new Step(observation.clone(), reward[0], terminated[0], truncated);
  }

  @Override
  public Step step(float... action) {
    throw Actions.wrongKind(spec, "float");
  }

  @Override
  public String text() {
    return dynamics.text(0);
  }

  Dynamics dynamics() {
    return dynamics;
  }

  Generator random() {
    if (random == null) {
      throw new IllegalStateException(
          spec.id() + " has no random stream yet: its first reset needs a seed.");
    }
    return random;
  }
}
