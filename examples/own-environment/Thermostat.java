package thermostat;

import dev.relive.environments.*;
import dev.relive.environments.random.LaneGenerators;
import java.util.List;
import java.util.OptionalDouble;

/** Adds Thermostat-v0: a heater, off or on, is to keep a room within a degree of 20 °C. */
public final class Thermostat implements EnvironmentProvider {
  private static final Option OUTSIDE = Option.number("outside", 5, "warmth outside, in °C");

  @Override
  public List<Registration> registrations() {
    return List.of(
        new Registration(
            "Thermostat-v0",
            "Keep a room at 20 °C by a heater.",
            100, // steps in the longest episode
            OptionalDouble.of(85), // the mean return at which it is solved
            List.of(OUTSIDE),
            options ->
                new Task(Box.of(-50, 50, 1), new Discrete(2), List.of(), lanes ->
                    new Rooms(new LaneGenerators(lanes), new double[lanes], options.number("outside")))));
  }

  /** Many rooms side by side. What is observed is by how much one is too warm, in °C. */
  private record Rooms(LaneGenerators random, double[] warmth, double outside) implements IntegerDynamics {
    @Override
    public void seed(int lane, long seed) {
      random.seed(lane, seed);
    }

    @Override
    public void reset(int lane, Options options, float[] observations) {
      warmth[lane] = random.of(lane).uniform(15, 25);
      observations[lane] = (float) (warmth[lane] - 20);
    }

    @Override
    public void step(
        int from, int to, int[] actions, float[] observations, double[] rewards, boolean[] terminated) {
      for (int lane = from; lane < to; lane++) {
        double draught = random.of(lane).uniform(-0.1, 0.1);
        warmth[lane] += 0.05 * (outside - warmth[lane]) + 1.5 * actions[lane] + draught;
        observations[lane] = (float) (warmth[lane] - 20);
        rewards[lane] = Math.abs(warmth[lane] - 20) <= 1 ? 1 : 0;
        terminated[lane] = false;
      }
    }

    @Override
    public String text(int lane) {
      return "%4.1f °C %s".formatted(warmth[lane], "#".repeat((int) Math.max(0, warmth[lane])));
    }
  }
}
