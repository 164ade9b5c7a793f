package stranger;

import dev.relive.environments.Box;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentProvider;
import dev.relive.environments.IntegerDynamics;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A user's environment that counts its steps, records its actions and fails as it is told: at one
 * step of each episode, by an exception or by numbers that are none.
 */
public final class StrangeEnvironments implements EnvironmentProvider {
  @Override
  public List<Registration> registrations() {
    return List.of(
        new Registration(
            "Strange-v0",
            "Counts its steps and fails as it is told.",
            6,
            OptionalDouble.empty(),
            List.of(
                Option.integer("failing_step", 0, "the step that fails; 0: none"),
                Option.choice(
                    "failure",
                    "exception",
                    List.of("exception", "reward", "observation", "reset"),
                    "how it fails")),
            StrangeEnvironments::task));
  }

  private static Task task(Options options) {
    return new Task(
        Box.of(0, 100, 2),
        new Discrete(5),
        List.of(),
        lanes -> new Counter(lanes, options.integer("failing_step"), options.text("failure")));
  }

  private static final class Counter implements IntegerDynamics {
    private final int failingStep;
    private final String failure;
    private final int[] steps;

    Counter(int lanes, int failingStep, String failure) {
      this.failingStep = failingStep;
      this.failure = failure;
      steps = new int[lanes];
    }

    @Override
    public void seed(int lane, long seed) {
      // Nothing here is by chance.
    }

    @Override
    public void reset(int lane, Options options, float[] observations) {
      steps[lane] = 0;
      observations[2 * lane] = failure.equals("reset") ? Float.NaN : 0;
      observations[2 * lane + 1] = 0;
    }

    /** The observation is the number of steps and the action done; so is the reward. */
    @Override
    public void step(
        int from,
        int to,
        int[] actions,
        float[] observations,
        double[] rewards,
        boolean[] terminated) {
      for (int lane = from; lane < to; lane++) {
        steps[lane]++;
        boolean fails = steps[lane] == failingStep && actions[lane] > 0;
        if (fails && failure.equals("exception")) {
          throw new IllegalStateException("out of order");
        }
        observations[2 * lane] =
            fails && failure.equals("observation") ? Float.POSITIVE_INFINITY : steps[lane];
        observations[2 * lane + 1] = actions[lane];
        rewards[lane] = fails && failure.equals("reward") ? Double.NaN : actions[lane];
        terminated[lane] = false;
      }
    }

    @Override
    public String text(int lane) {
      return String.valueOf(steps[lane]);
    }
  }
}
