package dev.relive.benchmarks;

import dev.relive.agents.TransitionBatch;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import dev.relive.learner.ReplayBuffer;
import dev.relive.log.Segment;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Appending segments to a full replay buffer; and sampling a batch from it, beside a loop that
 * gathers rows of plain arrays into the same batch.
 */
@State(Scope.Thread)
public class ReplayBenchmark {
  private static final Target TARGET = new Target.Ratio(0.7);
  private static final int CAPACITY = 100_000;
  private static final int BATCH = 256;
  private static final double DISCOUNT = 0.99;

  private final Compute compute = Compute.open(DeviceChoice.CPU);
  private final TransitionBatch batch =
      new TransitionBatch(compute, BATCH, SegmentSupply.OBSERVATION_SIZE);
  private final ReplayBuffer replay = new ReplayBuffer(CAPACITY, SegmentSupply.OBSERVATION_SIZE);
  private final GatherLoop gather;
  private final Generator random = Generator.seeded(0);
  private final SegmentSupply supply = new SegmentSupply(1);

  /** Fills both. */
  public ReplayBenchmark() {
    for (int transitions = 0; transitions < 2 * CAPACITY; transitions += SegmentSupply.LENGTH) {
      append();
    }
    gather = new GatherLoop(CAPACITY, SegmentSupply.OBSERVATION_SIZE, new SegmentSupply(1));
  }

  static List<Row> measure(Effort effort) throws RunnerException {
    List<Series> speeds =
        JmhRounds.measure(effort, ReplayBenchmark.class, List.of("append", "sample", "gather"));
    return List.of(
        new Row("replay append", "transitions/s", speeds.get(0), null),
        new Row(
            "replay sample",
            "batches of " + BATCH + " / s",
            speeds.get(1),
            new Row.Yardstick("bare gather loop", speeds.get(2), TARGET)));
  }

  @Benchmark
  @OperationsPerInvocation(SegmentSupply.LENGTH)
  public void append() {
    Segment segment = supply.next();
    replay.append(segment, 0, 0, segment.length());
  }

  @Benchmark
  public void sample() {
    replay.sample(random, batch, DISCOUNT, 1);
  }

  @Benchmark
  public void gather() {
    gather.gather(random, batch, (float) DISCOUNT);
  }

  @TearDown
  public void close() {
    batch.close();
    compute.close();
  }
}
