package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.learner.LearnerStart.NewReader;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.Settings;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Runs that learn from a range of another's experience in random order, through a real broker. */
@TestInstance(Lifecycle.PER_CLASS)
class ShuffledRunTest {
  private static final long PASSES = 3;

  private EmbeddedBroker broker;
  private BrokerLog log;
  private String source;
  private final List<Segment> written = new ArrayList<>();

  @BeforeAll
  void writeExperience(@TempDir Path directory) throws Exception {
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
    log = new BrokerLog(new LogConnection(broker.bootstrapServers(), "log", Map.of()));
    try (LearnerService learner = log.started(BrokerLog.newRun())) {
      source = learner.run();
      written.addAll(BrokerLog.segments(source));
      log.write(written);
      log.write(written.subList(20, 30)); // again
      BrokerLog.await(learner.completion());
    }
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @Test
  void everySegmentComesOnceInAPassAndEveryPassInAnotherOrder() throws Exception {
    RunSpec spec = learned(reader(Algorithm.DOUBLE_DQN, 1)).spec();
    List<SegmentRecord> read = read(spec, Optional.empty());

    assertEquals(PASSES * written.size(), read.size());
    Set<List<Segment>> orders = new HashSet<>();
    for (int pass = 0; pass < PASSES; pass++) {
      List<Segment> segments =
          read.subList(pass * written.size(), (pass + 1) * written.size()).stream()
              .map(SegmentRecord::segment)
              .toList();
      assertEquals(Set.copyOf(written), Set.copyOf(segments));
      orders.add(segments);
    }
    orders.add(written);
    assertEquals(PASSES + 1, orders.size());
  }

  @Test
  void goesOnWhereACheckpointWasMade() throws Exception {
    RunSpec spec = learned(reader(Algorithm.DOUBLE_DQN, 1)).spec();
    List<SegmentRecord> read = read(spec, Optional.empty());
    SegmentRecord first = read.get(70);
    CheckpointState checkpoint =
        CheckpointState.newBuilder()
            .setWindowFirstSegment(70)
            .setWindowFirst(first.identity())
            .build();

    assertEquals(read.subList(70, read.size()), read(spec, Optional.of(checkpoint)));
    CheckpointState another =
        checkpoint.toBuilder().setWindowFirst(read.get(71).identity()).build();
    assertTrue(
        String.valueOf(
                assertThrows(LogException.class, () -> read(spec, Optional.of(another)))
                    .getMessage())
            .startsWith("The range is not what it was"));
  }

  @Test
  void learnsFromAllPassesAndIsReproduced() throws Exception {
    LearnerStatus status = learned(reader(Algorithm.DOUBLE_DQN, 1)).status();
    long steps = PASSES * written.stream().mapToLong(Segment::length).sum();
    assertEquals(steps, status.runSteps());
    assertEquals(0, status.duplicates());

    Reproduction reproduction =
        new RunReproduction(
                log.connection(), Map.of("relive", "1", "pytorch", "1"), (done, total) -> {})
            .reproduce(log.run(status.run()), false);
    assertTrue(reproduction.isSame(), reproduction::toString);
    assertEquals(steps, reproduction.steps());
    assertTrue(reproduction.snapshots().size() > 3, reproduction::toString);
  }

  @Test
  void needsAReplayToMixTheChunks() {
    try (LearnerService learner = log.learner(reader(Algorithm.ACTOR_CRITIC, 1))) {
      assertTrue(
          String.valueOf(assertThrows(LogException.class, learner::start).getMessage())
              .contains("by an algorithm with a replay, which actor-critic has not"));
    }
  }

  /** A learner that has read all. */
  private LearnerService learned(NewReader reader) throws Exception {
    try (LearnerService learner = log.started(reader)) {
      BrokerLog.await(learner.completion());
      return learner;
    }
  }

  private NewReader reader(Algorithm algorithm, long seed) {
    Map<String, String> settings =
        algorithm == Algorithm.ACTOR_CRITIC
            ? Map.of()
            : Map.of(
                "schedule.learning-starts", "100",
                "schedule.train-every", "50",
                "schedule.updates", "2",
                "schedule.snapshot-every", "200",
                "schedule.checkpoint-every", "150",
                "replay.capacity", "200",
                "replay.batch-size", "16",
                "network.hidden-sizes", "8");
    return new NewReader(
        "",
        source,
        null,
        algorithm,
        Settings.of(settings),
        seed,
        ReadRange.HELD.shuffled(PASSES),
        ExperienceFilters.NONE);
  }

  private List<SegmentRecord> read(RunSpec spec, Optional<CheckpointState> checkpoint) {
    List<SegmentRecord> read =
        new ShuffledExperience(log.connection(), spec)
            .records(checkpoint)
            .collectList()
            .block(BrokerLog.PATIENCE);
    return read == null ? List.of() : read;
  }
}
