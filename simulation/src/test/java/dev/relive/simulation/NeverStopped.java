package dev.relive.simulation;

import dev.relive.learner.SimulatedLearner;
import dev.relive.log.Publication;
import dev.relive.log.PublicationSink;
import dev.relive.log.SegmentRecord;
import dev.relive.log.SimulatedExperience;
import dev.relive.log.wire.Progress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The learner that reads a run's whole experience in one go, and that nobody hears. */
final class NeverStopped implements PublicationSink {
  private final Scenario scenario;
  private final RunFacts run;

  NeverStopped(Scenario scenario, RunFacts run) {
    this.scenario = scenario;
    this.run = run;
  }

  /** Holds every learner that there was against it. */
  void check(LearnerMemory memory) {
    SimulatedLearner learner =
        new SimulatedLearner(
            scenario.spec(),
            scenario.settings(),
            this,
            (segment, from, steps) -> {},
            InstantSource.fixed(Instant.EPOCH));
    learner.begin();
    SimulatedExperience reader = new SimulatedExperience(run.kafka(), run.experience());
    while (reader.hasNext() && !learner.isFinished()) {
      SegmentRecord record = reader.next();
      if (record != null) {
        learner.accept(record);
        memory.accepted(learner, 0);
      }
    }
  }

  @Override
  public void publish(Publication publication) {
    // Nobody hears it.
  }

  @Override
  public long generation() {
    return 1;
  }

  @Override
  public Optional<Progress> newest() {
    return Optional.empty();
  }
}
