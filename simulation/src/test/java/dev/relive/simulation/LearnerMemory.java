package dev.relive.simulation;

import dev.relive.learner.SimulatedLearner;
import dev.relive.log.wire.CheckpointState;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the run's learners were like, to hold what is restored against it. */
final class LearnerMemory {
  private final Scenario scenario;
  private final Map<State, Long> hashes = new HashMap<>();

  /** A learner that was as far; with a replay all generations are alike. */
  private record State(long generation, long segments) {}

  LearnerMemory(Scenario scenario) {
    this.scenario = scenario;
  }

  /** A learner has come so far. */
  void accepted(SimulatedLearner learner, long generation) {
    if (scenario.settings().onPolicy()) {
      hashes.put(new State(generation, learner.segments()), learner.hash());
    } else {
      check(hashes.putIfAbsent(new State(0, learner.segments()), learner.hash()), learner);
    }
  }

  /** A learner was restored. */
  void restored(SimulatedLearner learner, CheckpointState checkpoint) {
    long generation = scenario.settings().onPolicy() ? checkpoint.getGeneration() : 0;
    check(hashes.get(new State(generation, learner.segments())), learner);
  }

  private static void check(@Nullable Long before, SimulatedLearner learner) {
    if (before != null) {
      Invariant.RESTORED_IS_THE_SAME.require(
          before == learner.hash(),
          () ->
              "before segment %d the weights are not those of one that never stopped"
                  .formatted(learner.segments()));
    }
  }
}
