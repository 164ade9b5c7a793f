package dev.relive.benchmarks;

import dev.relive.environments.Environments;
import dev.relive.environments.Space;
import dev.relive.environments.VectorEnvironment;
import dev.relive.environments.random.Generator;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** Lanes of an environment in a loop, with random actions that were drawn beforehand. */
final class EnvironmentLoop {
  private static final int ROWS = 256;
  private static final double NANOS_PER_SECOND = 1e9;

  private final VectorEnvironment environment;
  private final int[][] integers;
  private final float[][] floats;

  EnvironmentLoop(String id, int lanes) {
    environment = Environments.vector(Environments.spec(id), lanes);
    Space space = environment.spec().actionSpace();
    Generator random = Generator.seeded(0);
    integers = new int[space.integral() ? ROWS : 0][lanes * space.size()];
    floats = new float[space.integral() ? 0 : ROWS][lanes * space.size()];
    for (int[] row : integers) {
      for (int offset = 0; offset < row.length; offset += space.size()) {
        space.sample(random, row, offset);
      }
    }
    for (float[] row : floats) {
      for (int offset = 0; offset < row.length; offset += space.size()) {
        space.sample(random, row, offset);
      }
    }
    environment.reset(0);
  }

  /** Steps until the thread has run for so long; steps a second of that time. */
  double stepsPerSecond(Duration time) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long start = thread.getCurrentThreadCpuTime();
    long calls = 0;
    long nanos = 0;
    while (nanos < time.toNanos()) {
      for (int[] actions : integers) {
        environment.step(actions);
      }
      for (float[] actions : floats) {
        environment.step(actions);
      }
      calls += ROWS;
      nanos = thread.getCurrentThreadCpuTime() - start;
    }
    return calls * environment.lanes() * NANOS_PER_SECOND / nanos;
  }
}
