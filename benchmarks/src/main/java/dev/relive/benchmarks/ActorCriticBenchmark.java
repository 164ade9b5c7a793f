package dev.relive.benchmarks;

import dev.relive.agents.Activation;
import dev.relive.agents.ActorCritic;
import dev.relive.agents.ActorCriticReport;
import dev.relive.agents.ActorCriticSettings;
import dev.relive.agents.Heads;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.TrajectoryBatch;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.RunnerException;

/** Updates of actor-critic beside the same update written as DJL's documentation teaches it. */
public class ActorCriticBenchmark {
  private static final Target TARGET = new Target.Ratio(1.3);
  static final int PIECES = 16;
  static final int LENGTH = 40;
  static final int BATCH = PIECES * LENGTH;
  static final NetworkSpec NETWORK =
      new NetworkSpec(4, List.of(128, 128), 2, Heads.POLICY_AND_VALUE, Activation.TANH);

  static List<Row> measure(Effort effort) throws RunnerException {
    List<Series> speeds =
        JmhRounds.measure(effort, ActorCriticBenchmark.class, List.of("ours", "textbook"));
    return List.of(
        new Row(
            "actor-critic update, MLP 4-128-128-3, B=640",
            "updates/s",
            speeds.get(0),
            new Row.Yardstick("DJL Trainer, textbook", speeds.get(1), TARGET)));
  }

  @Benchmark
  public ActorCriticReport ours(Ours ours) {
    return ours.learner.update(ours.batch);
  }

  @Benchmark
  public float textbook(Textbook textbook) {
    return textbook.learner.update(textbook.batch);
  }

  /** Our learner with a batch in its buffers. */
  @State(Scope.Thread)
  public static class Ours {
    final Compute compute = Compute.open(DeviceChoice.CPU);
    final TrajectoryBatch batch = new TrajectoryBatch(compute, BATCH, NETWORK.observationSize());
    final ActorCritic learner =
        new ActorCritic(
            compute,
            NETWORK,
            ActorCriticSettings.DEFAULTS,
            NETWORK.initialParameters(Generator.seeded(0)));

    /** Fills the batch. */
    public Ours() {
      new TrajectoryArrays(PIECES, LENGTH, NETWORK, Generator.seeded(1)).writeTo(batch);
    }

    @TearDown
    public void close() {
      learner.close();
      batch.close();
      compute.close();
    }
  }

  /** The textbook learner with the same batch in arrays. */
  @State(Scope.Thread)
  public static class Textbook {
    // The engine as ours starts it: one thread, nothing fetched.
    final Compute compute = Compute.open(DeviceChoice.CPU);
    final TrajectoryArrays batch =
        new TrajectoryArrays(PIECES, LENGTH, NETWORK, Generator.seeded(1));
    final TextbookActorCritic learner =
        new TextbookActorCritic(
            NETWORK,
            BATCH,
            ActorCriticSettings.DEFAULTS,
            NETWORK.initialParameters(Generator.seeded(0)));

    @TearDown
    public void close() {
      learner.close();
      compute.close();
    }
  }
}
