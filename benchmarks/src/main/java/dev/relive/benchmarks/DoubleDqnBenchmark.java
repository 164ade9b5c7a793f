package dev.relive.benchmarks;

import dev.relive.agents.Activation;
import dev.relive.agents.AdamSettings;
import dev.relive.agents.DoubleDqn;
import dev.relive.agents.DoubleDqnSettings;
import dev.relive.agents.Heads;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.TransitionBatch;
import dev.relive.agents.ValueReport;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.RunnerException;

/** Updates of double DQN beside the same update written as DJL's documentation teaches it. */
public class DoubleDqnBenchmark {
  private static final Target TARGET = new Target.Ratio(2.2);
  static final int BATCH = 64;
  static final NetworkSpec NETWORK =
      new NetworkSpec(4, List.of(128, 128), 2, Heads.ACTION_VALUES, Activation.RELU);
  private static final double DISCOUNT = 0.99;

  /** The target is copied every tenth update, as van Hasselt et al. do at intervals. */
  private static final DoubleDqnSettings SETTINGS =
      new DoubleDqnSettings(AdamSettings.of(1e-3, 10), 1, 10, 1);

  static List<Row> measure(Effort effort) throws RunnerException {
    List<Series> speeds =
        JmhRounds.measure(effort, DoubleDqnBenchmark.class, List.of("ours", "textbook"));
    return List.of(
        new Row(
            "double DQN update, MLP 4-128-128-2, B=64",
            "updates/s",
            speeds.get(0),
            new Row.Yardstick("DJL Trainer, textbook", speeds.get(1), TARGET)));
  }

  @Benchmark
  public ValueReport ours(Ours ours) {
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
    final TransitionBatch batch = new TransitionBatch(compute, BATCH, NETWORK.observationSize());
    final DoubleDqn learner =
        new DoubleDqn(compute, NETWORK, SETTINGS, NETWORK.initialParameters(Generator.seeded(0)));

    /** Fills the batch. */
    public Ours() {
      new BatchArrays(BATCH, NETWORK, DISCOUNT, Generator.seeded(1)).writeTo(batch);
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
    final BatchArrays batch = new BatchArrays(BATCH, NETWORK, DISCOUNT, Generator.seeded(1));
    final TextbookDoubleDqn learner =
        new TextbookDoubleDqn(
            NETWORK, BATCH, SETTINGS, NETWORK.initialParameters(Generator.seeded(0)));

    @TearDown
    public void close() {
      learner.close();
      compute.close();
    }
  }
}
