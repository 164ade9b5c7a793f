package dev.relive.dashboards;

import dev.relive.environments.Box;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentProvider;
import dev.relive.environments.IntegerDynamics;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import java.util.List;
import java.util.OptionalDouble;

/** Adds HugeNumbers-v0, from whose observations no network can learn: its gradient is infinite. */
public final class HugeNumbers implements EnvironmentProvider {
  static final String ID = "HugeNumbers-v0";
  private static final float HUGE = 3e38f;

  @Override
  public List<Registration> registrations() {
    return List.of(
        new Registration(
            ID,
            "Observations beyond what a network can compute with.",
            10,
            OptionalDouble.empty(),
            List.of(),
            options ->
                new Task(
                    Box.of(-HUGE, HUGE, 1), new Discrete(2), List.of(), lanes -> new Numbers())));
  }

  private static final class Numbers implements IntegerDynamics {
    @Override
    public void seed(int lane, long seed) {}

    @Override
    public void reset(int lane, Options options, float[] observations) {
      observations[lane] = HUGE;
    }

    @Override
    public void step(
        int from,
        int to,
        int[] actions,
        float[] observations,
        double[] rewards,
        boolean[] terminated) {
      for (int lane = from; lane < to; lane++) {
        observations[lane] = HUGE;
        rewards[lane] = actions[lane];
        terminated[lane] = false;
      }
    }

    @Override
    public String text(int lane) {
      return "";
    }
  }
}
