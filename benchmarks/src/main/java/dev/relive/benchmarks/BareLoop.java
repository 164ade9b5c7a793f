package dev.relive.benchmarks;

import dev.relive.agents.Activation;
import dev.relive.agents.Heads;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.QPolicy;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.Environments;
import dev.relive.environments.VectorEnvironment;
import dev.relive.environments.random.Generator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The limit of producing: a policy acts at random and its lanes step, and nothing is recorded. */
final class BareLoop {
  static final NetworkSpec NETWORK =
      new NetworkSpec(4, List.of(128, 128), 2, Heads.ACTION_VALUES, Activation.RELU);

  private BareLoop() {}

  /** Steps a second of one loop. */
  static double stepsPerSecond(int steps) {
    int lanes = BenchmarkRun.FLOW.lanes();
    try (VectorEnvironment environment = Environments.vector(BenchmarkRun.ENVIRONMENT, lanes);
        Compute compute = Compute.open(DeviceChoice.CPU);
        QPolicy policy = new QPolicy(compute, NETWORK, lanes)) {
      policy.load(NETWORK.initialParameters(Generator.seeded(0)));
      environment.reset(0);
      Generator random = Generator.seeded(0);
      int[] actions = new int[lanes];
      float[] probabilities = new float[lanes];
      long start = 0;
      // Timed from the second step on: PyTorch compiles a script when it runs it first.
      for (int made = 0; made <= steps; made += lanes) {
        policy.act(environment.observations(), 1, random, actions, probabilities);
        environment.step(actions);
        start = made == 0 ? System.nanoTime() : start;
      }
      return RoundRobin.perSecond(steps, start);
    }
  }

  /** Steps a second of several loops at once, all together. */
  static double stepsPerSecond(int loops, int steps) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(loops);
    try {
      List<Future<Double>> speeds = new ArrayList<>();
      for (int loop = 0; loop < loops; loop++) {
        speeds.add(threads.submit(() -> stepsPerSecond(steps)));
      }
      double sum = 0;
      for (Future<Double> speed : speeds) {
        sum += speed.get();
      }
      return sum;
    } finally {
      threads.shutdownNow();
    }
  }
}
