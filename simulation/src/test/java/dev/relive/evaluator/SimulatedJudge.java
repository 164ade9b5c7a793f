package dev.relive.evaluator;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An evaluator's judgement, as it is; every episode returns the steps of its snapshot's run. */
public final class SimulatedJudge {
  private final SnapshotJudge judge;

  /** A judge of the snapshots of one run. */
  public SimulatedJudge(String name, OptionalDouble threshold, InstantSource clock) {
    judge =
        new SnapshotJudge(name, 1, 0, threshold, new StepsPlayer(), clock.withZone(ZoneOffset.UTC));
  }

  /** What is found of a snapshot. */
  public record Found(List<Evaluation> evaluations, @Nullable RunVerdict verdict) {}

  private static final class StepsPlayer implements SnapshotPlayer {
    private long runSteps;

    @Override
    public void load(Snapshot snapshot) {
      runSteps = snapshot.getRunSteps();
    }

    @Override
    public EpisodeResults playGreedily(long firstSeed, int count) {
      return new EpisodeResults(new double[] {runSteps}, new long[] {runSteps});
    }

    @Override
    public Optional<EpisodeResults> playStochastically(long firstSeed, int count) {
      return Optional.empty();
    }
  }

  /** Does all that is due for a snapshot. */
  public Found judge(Snapshot snapshot, BooleanSupplier solved) {
    try {
      Judgement judgement = judge.judge(snapshot, solved);
      return new Found(judgement.evaluations(), judgement.verdict());
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a simulation", e);
    }
  }
}
