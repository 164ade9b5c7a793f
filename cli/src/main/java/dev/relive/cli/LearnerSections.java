package dev.relive.cli;

import dev.relive.agents.ActorCriticReport;
import dev.relive.cli.display.Learner;
import dev.relive.cli.display.Losses;
import dev.relive.cli.display.Measurement;
import dev.relive.cli.display.Numbers;
import dev.relive.cli.display.Source;
import dev.relive.cli.display.Work;
import dev.relive.learner.Algorithm;
import dev.relive.learner.LearnerStatus;
import dev.relive.log.Run;
import dev.relive.log.wire.RunSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a learner's status is on the screen. Used by one thread. */
final class LearnerSections {

  private final RateMeter steps = new RateMeter();
  private final RateMeter updates = new RateMeter();

  Work work(Duration now, LearnerStatus status) {
    return new Work(
        status.runSteps(),
        status.stepLimit(),
        steps.add(now, status.runSteps()),
        status.updates(),
        updates.add(now, status.updates()));
  }

  /** What is read of another run; empty where the experience is the run's own. */
  static Optional<Source> source(RunSpec spec, LearnerStatus status) {
    return Run.learnsFromAnother(spec)
        ? Optional.of(
            new Source(
                spec.getSourceRun(),
                status.rangeLength() == LearnerStatus.UNKNOWN
                    ? Double.NaN
                    : (double) status.rangePassed() / status.rangeLength(),
                status.lag(),
                DroppedWords.of(status)))
        : Optional.empty();
  }

  static Learner learner(LearnerStatus status) {
    return new Learner(
        status.algorithm() == Algorithm.DOUBLE_DQN ? "replay" : "batch",
        status.transitionsHeld(),
        status.holdingCapacity(),
        status.staleSteps(),
        status.generation(),
        status.policyVersion(),
        status.snapshotVersion(),
        status.checkpointSteps());
  }

  static Losses losses(LearnerStatus status) {
    return new Losses(status.gaps(), status.duplicates(), status.rejected());
  }

  /** How much it explores, and how its last update went. */
  static List<Measurement> measures(LearnerStatus status) {
    Measurement exploring =
        status.algorithm() == Algorithm.DOUBLE_DQN
            ? ProducerSections.exploration(status.epsilon())
            : significant(Measurement.ENTROPY, entropy(status));
    return List.of(exploring, significant(Measurement.LOSS, status.loss()));
  }

  private static double entropy(LearnerStatus status) {
    return status.lastUpdate() instanceof ActorCriticReport critic ? critic.entropy() : Double.NaN;
  }

  private static Measurement significant(String name, double value) {
    return new Measurement(name, value, Numbers.significant(value));
  }
}
