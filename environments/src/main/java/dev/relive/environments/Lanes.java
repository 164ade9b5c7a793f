package dev.relive.environments;

import dev.relive.environments.random.Generator;
import dev.relive.environments.random.SeedSequence;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lanes of dynamics under what is put around them: the longest episode, sticky and repeated
 * actions. Buffers are overwritten by every call; stepping allocates nothing.
 */
final class Lanes {
  /** Sets the streams of sticky actions apart from the environments' own. */
  private static final long STICKY = 1;

  final float[] observations;
  final double[] rewards;
  final boolean[] terminated;
  final boolean[] truncated;

  private final EnvironmentSpec spec;
  private final Task task;
  private final int count;
  private final Dynamics dynamics;
  private final int actionSize;
  private final int limit;
  private final int[] integers;
  private final float[] floats;
  private final int[] steps;
  private final Generator[] sticky;
  private int[] chosenIntegers = {};
  private float[] chosenFloats = {};

  Lanes(EnvironmentSpec spec, Task task, int count) {
    this.spec = spec;
    this.task = task;
    this.count = count;
    dynamics = task.dynamics().apply(count);
    actionSize = spec.actionSpace().size();
    limit = spec.maxEpisodeSteps() == 0 ? Integer.MAX_VALUE : spec.maxEpisodeSteps();
    observations = new float[Math.multiplyExact(count, spec.observationSpace().size())];
    rewards = new double[count];
    terminated = new boolean[count];
    truncated = new boolean[count];
    steps = new int[count];
    integers = new int[dynamics instanceof IntegerDynamics ? count * actionSize : 0];
    floats = new float[dynamics instanceof FloatDynamics ? count * actionSize : 0];
    sticky = new Generator[spec.wrappers().stickyActions() > 0 ? count : 0];
  }

  Dynamics dynamics() {
    return dynamics;
  }

  /** The reset options as text, checked. */
  Options resetOptions(Map<String, String> chosen) {
    return Options.of(spec.id(), "reset option", task.resetOptions(), chosen);
  }

  /** Starts a lane's random streams anew. */
  void seed(int lane, long seed) {
    dynamics.seed(lane, seed);
    if (sticky.length > 0) {
      sticky[lane] = new Generator(SeedSequence.of(seed).child(STICKY));
    }
  }

  void reset(int lane, Options options) {
    steps[lane] = 0;
    dynamics.reset(lane, options, observations);
  }

  /** Takes rows of integers as the next actions. */
  void choose(int[] actions) {
    Actions.check(spec, count, actions);
    chosenIntegers = actions;
  }

  /** Takes rows of floats as the next actions. */
  void choose(float[] actions) {
    Actions.check(spec, count, actions);
    chosenFloats = actions;
  }

  /** Does the chosen actions in the lanes from {@code from} to before {@code to}. */
  void step(int from, int to) {
    if (spec.wrappers().equals(Wrappers.NONE)) {
      takeChosen(from, to);
      advance(from, to);
    } else {
      for (int lane = from; lane < to; lane++) {
        stepWrapped(lane);
      }
    }
  }

  private void stepWrapped(int lane) {
    double sum = 0;
    for (int repeat = 0; repeat < spec.wrappers().actionRepeat(); repeat++) {
      if (steps[lane] == 0 || !sticks(lane)) {
        takeChosen(lane, lane + 1);
      }
      advance(lane, lane + 1);
      sum += rewards[lane];
      if (terminated[lane] || truncated[lane]) {
        break;
      }
    }
    rewards[lane] = sum;
  }

  private boolean sticks(int lane) {
    return sticky.length > 0 && sticky[lane].random() < spec.wrappers().stickyActions();
  }

  private void takeChosen(int from, int to) {
    int length = (to - from) * actionSize;
    if (dynamics instanceof IntegerDynamics) {
      System.arraycopy(chosenIntegers, from * actionSize, integers, from * actionSize, length);
    } else {
      System.arraycopy(chosenFloats, from * actionSize, floats, from * actionSize, length);
    }
  }

  private void advance(int from, int to) {
    if (dynamics instanceof IntegerDynamics rules) {
      rules.step(from, to, integers, observations, rewards, terminated);
    } else {
      ((FloatDynamics) dynamics).step(from, to, floats, observations, rewards, terminated);
    }
    for (int lane = from; lane < to; lane++) {
      steps[lane]++;
      truncated[lane] = steps[lane] >= limit;
    }
  }

  /** What is wrong with what a lane's last step or reset gave; null if nothing is. */
  @Nullable String fault(int lane, boolean stepped) {
    if (stepped && !Double.isFinite(rewards[lane])) {
      return "%s gave the reward %s.".formatted(spec.id(), rewards[lane]);
    }
    int size = spec.observationSpace().size();
    for (int i = 0; i < size; i++) {
      float value = observations[lane * size + i];
      if (!Float.isFinite(value)) {
        return "%s gave the observation %s, in which element %d is no finite number."
            .formatted(
                spec.id(),
                Arrays.toString(Arrays.copyOfRange(observations, lane * size, (lane + 1) * size)),
                i);
      }
    }
    return null;
  }
}
