package dev.relive.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.Publication;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Progress;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In deterministic mode one seed gives one log, however its events fall. */
class DeterministicModeTest {
  private static final int SCENARIOS = 300;
  private static final int OTHER_SCHEDULE = 1_000_000;

  @Test
  void everyScheduleOfARunWritesTheSameLog() {
    scenarios()
        .forEach(
            scenario -> {
              Simulation one = run(1, scenario, new Edges());
              Simulation other = run(OTHER_SCHEDULE, scenario, new Edges());
              assertEquals(one.experience(), other.experience());
              assertEquals(one.weights(), other.weights());
            });
  }

  @Test
  void withoutRoundsTheScheduleShows() {
    assertTrue(
        scenarios()
            .anyMatch(
                scenario -> {
                  List<String> one = run(1, scenario, new GrantsAtOnce()).experience();
                  return !run(OTHER_SCHEDULE, scenario, new GrantsAtOnce())
                      .experience()
                      .equals(one);
                }));
  }

  private static Stream<Scenario> scenarios() {
    return LongStream.range(0, SCENARIOS)
        .mapToObj(seed -> Scenario.of(new Chance(seed)))
        .filter(Scenario::deterministic)
        .map(Scenario::inPeace);
  }

  private static Simulation run(long schedule, Scenario scenario, Edges edges) {
    Simulation simulation = new Simulation(schedule, scenario, edges);
    assertNull(simulation.failure());
    return simulation;
  }

  /** A learner that grants credit for every segment as it is read. */
  private static final class GrantsAtOnce extends Edges {
    private ActorProgress read = ActorProgress.getDefaultInstance();

    @Override
    SegmentRecord intoLearner(int learner, SegmentRecord record) {
      read =
          ActorProgress.newBuilder()
              .setActor(record.segment().lane().actor())
              .setEpoch(record.segment().lane().epoch())
              .setSteps(record.segment().actorSteps())
              .build();
      return record;
    }

    @Override
    Publication outOfLearner(int learner, Publication publication) {
      Progress progress =
          publication.progress().toBuilder()
              .clearActors()
              .addActors(read)
              .clearRequiredPolicyVersion()
              .build();
      return new Publication(
          progress,
          publication.policy(),
          publication.snapshot(),
          publication.checkpoint(),
          publication.state());
    }
  }
}
