package dev.relive.simulation;

import dev.relive.log.Segment;
import dev.relive.log.wire.CheckpointState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one learner must have made of the experience that it read, transition by transition: the
 * schedule, the batches and the versions as the protocol says them, in the plainest way.
 */
final class LearnerTruth {
  private final Scenario scenario;
  private final ExperienceTruth experience;
  private final Schedule schedule;
  private final long firstVersion;
  private final Map<ExperienceTruth.Epoch, Integer> waiting = new HashMap<>();
  private long segments;
  private long runSteps;
  private long updates;
  private long staleSteps;
  private long version;
  private int batched;
  private long gapsBefore;
  private long duplicatesBefore;
  private List<Integer> gathered = new ArrayList<>();

  /**
   * @param published the newest version of earlier generations
   */
  LearnerTruth(Scenario scenario, ExperienceTruth experience, long published) {
    this.scenario = scenario;
    this.experience = experience;
    this.schedule = new Schedule(scenario);
    this.firstVersion = published + 1;
    this.version = firstVersion;
  }

  /** It goes on where a checkpoint says. */
  void restored(CheckpointState checkpoint) {
    CheckpointState.Progressed progressed = checkpoint.getProgressed();
    segments = progressed.getSegments();
    runSteps = progressed.getRunSteps();
    updates = progressed.getUpdates();
    staleSteps = progressed.getStaleSteps();
    if (segments > 0) {
      ExperienceTruth.Fact last = experience.at(segments - 1);
      gapsBefore = last.gaps();
      duplicatesBefore = last.duplicates();
    }
  }

  /** It takes the segment of this ordinal. */
  void accepts(long ordinal) {
    gathered = new ArrayList<>();
    if (ordinal < segments) {
      return;
    }
    ExperienceTruth.Fact fact = experience.at(ordinal);
    Segment segment = fact.segment();
    for (int t = 0; fact.isNew() && t < segment.length() && runSteps < schedule.steps(); t++) {
      runSteps++;
      if (scenario.settings().onPolicy()) {
        batch(segment, t);
      } else if (schedule.updatesDue(runSteps)) {
        updates += schedule.updates();
        version += scenario.deterministic() ? 0 : 1;
      }
      version += schedule.isRoundEnd(runSteps) ? 1 : 0;
    }
    segments = ordinal + 1;
  }

  private void batch(Segment segment, int transition) {
    if (segment.policyVersions().at(transition) < required()) {
      staleSteps++;
      return;
    }
    gathered.add(transition);
    batched++;
    waiting.merge(epoch(segment), 1, Integer::sum);
    if (batched == schedule.batchSize()) {
      batched = 0;
      waiting.clear();
      updates++;
      version++;
    }
  }

  private static ExperienceTruth.Epoch epoch(Segment segment) {
    return new ExperienceTruth.Epoch(segment.lane().actor(), segment.lane().epoch());
  }

  /** The transitions of the segment taken last that belong in a batch. */
  List<Integer> gathered() {
    return gathered;
  }

  /** The oldest version that may be learned from. */
  long required() {
    return scenario.lockstep() ? Math.max(firstVersion, version - scenario.settings().lead()) : 0;
  }

  /** Steps of an actor epoch that are ingested and do not wait. */
  long ingested(String actor, long epoch) {
    return experience.stepsBefore(actor, epoch, segments)
        - waiting.getOrDefault(new ExperienceTruth.Epoch(actor, epoch), 0);
  }

  long segments() {
    return segments;
  }

  long runSteps() {
    return runSteps;
  }

  long updates() {
    return updates;
  }

  long staleSteps() {
    return staleSteps;
  }

  /** Segments that it must have found missing. */
  long gaps() {
    return segments == 0 ? 0 : experience.at(segments - 1).gaps() - gapsBefore;
  }

  /** Segments that it must have found to be there before. */
  long duplicates() {
    return segments == 0 ? 0 : experience.at(segments - 1).duplicates() - duplicatesBefore;
  }
}
