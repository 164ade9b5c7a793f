package dev.relive.evaluator.episodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.RecordCodec;
import dev.relive.log.RejectionReason;
import dev.relive.log.SegmentCodec;
import dev.relive.log.SegmentEnd;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.Episode;
import dev.relive.log.wire.Evaluation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Episodes worked out by hand. */
class EpisodeTopologyTest {
  private static final long EPOCH = 0x8000_0000_0000_002aL;

  private final TestTopology topology = new TestTopology();
  private final ActorScript actor = new ActorScript("first", "producer", EPOCH);

  @AfterEach
  void close() {
    topology.close();
  }

  private long abandoned() {
    return topology.run("first").count(EpisodeEnd.ABANDONED);
  }

  private long open() {
    return topology.run("first").open();
  }

  @Test
  void isDescribedAsItIsDocumented() throws IOException {
    try (InputStream text = getClass().getResourceAsStream("topology.txt")) {
      assertNotNull(text);
      assertEquals(
          new String(text.readAllBytes(), StandardCharsets.UTF_8).strip(),
          EpisodeTopology.build(
                  new TopicCatalogue("relive"),
                  "CartPole-v1",
                  topology.counters,
                  TestTopology.SILENCE)
              .describe()
              .toString()
              .strip());
    }
  }

  @Test
  void threeSegmentsOfAnEpisodeBecomeOneRecord() {
    topology.append(actor.next(3, 7, 0, SegmentEnd.CONTINUES, 40, 1, 1));
    topology.append(
        actor.next(
            3,
            7,
            2,
            SegmentEnd.CONTINUES,
            PolicyVersions.of(new int[] {0, 1}, new long[] {41, 43}),
            0.5f,
            -2));
    assertEquals(List.of(), topology.written());
    assertEquals(1, open());
    topology.append(actor.next(3, 7, 4, SegmentEnd.TERMINATED, 44, 10));

    Episode expected =
        Episode.newBuilder()
            .setRun("first")
            .setActor("producer")
            .setEpoch(EPOCH)
            .setLane(3)
            .setEpisode(7)
            .setLength(5)
            .setReturn(10.5)
            .setEnd(dev.relive.log.wire.SegmentEnd.TERMINATED)
            .setFirstPolicyVersion(40)
            .setLastPolicyVersion(44)
            .setStartedAtMicros(1_000_000)
            .setEndedAtMicros(1_005_000)
            .build();
    assertEquals(
        List.of(TestTopology.decode(RecordCodec.EPISODE.encode(expected))), topology.written());
    assertEquals(List.of(10.5), topology.returns);
    assertEquals(3, topology.run("first").segments());
    assertEquals(0, open());
    assertEquals(1, topology.run("first").count(EpisodeEnd.TERMINATED));
  }

  @Test
  void lanesAndRunsAreKeptApart() {
    ActorScript other = new ActorScript("second", "producer", EPOCH);
    topology.append(actor.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    topology.append(actor.next(1, 0, 0, SegmentEnd.CONTINUES, 1, 10));
    topology.append(other.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 100));
    topology.append(actor.next(1, 0, 1, SegmentEnd.TRUNCATED, 1, 10));
    topology.append(other.next(0, 0, 1, SegmentEnd.TERMINATED, 1, 100));
    topology.append(actor.next(0, 0, 1, SegmentEnd.TERMINATED, 1, 1));
    topology.append(actor.next(0, 1, 0, SegmentEnd.TRUNCATED, 1, 5));

    List<Episode> written = topology.written();
    assertEquals(List.of(20.0, 200.0, 2.0, 5.0), topology.returns);
    assertEquals(
        List.of("first", "second", "first", "first"),
        written.stream().map(Episode::getRun).toList());
    assertEquals(2, topology.run("first").count(EpisodeEnd.TRUNCATED));
    assertEquals(1, topology.run("first").count(EpisodeEnd.TERMINATED));
    assertEquals(1, topology.run("second").count(EpisodeEnd.TERMINATED));
  }

  @Test
  void anEpisodeThatItsProducerAbandonsIsCountedAndNotWritten() {
    topology.append(actor.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    topology.append(actor.next(1, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    topology.append(actor.next(0, 0, 1, SegmentEnd.ABANDONED, 1, 1));
    topology.append(actor.next(1, 0, 1, SegmentEnd.ABANDONED, 1));

    assertEquals(List.of(), topology.written());
    assertEquals(2, abandoned());
    assertEquals(0, open());
  }

  @Test
  void aNewEpochAbandonsWhatTheOneBeforeLeftOpen() {
    ActorScript neighbour = new ActorScript("first", "producer-2", EPOCH);
    topology.append(actor.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    topology.append(actor.next(1, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    topology.append(neighbour.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 3));
    ActorScript restarted = new ActorScript("first", "producer", 7);
    topology.append(restarted.next(0, 0, 0, SegmentEnd.TERMINATED, 2, 4));

    assertEquals(2, abandoned());
    topology.append(neighbour.next(0, 0, 1, SegmentEnd.TERMINATED, 1, 3));
    // A straggler of the old process goes on with an episode that is closed.
    topology.append(actor.next(0, 0, 1, SegmentEnd.TERMINATED, 1, 1));

    assertEquals(List.of(4.0, 6.0), topology.written().stream().map(Episode::getReturn).toList());
    assertEquals(2, abandoned());
    assertEquals(0, topology.run("first").missing());
  }

  @Test
  void aGapAbandonsTheActorsLanes() {
    topology.append(actor.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    topology.append(actor.next(1, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    actor.sequence += 3;
    topology.append(actor.next(0, 0, 1, SegmentEnd.TERMINATED, 1, 1));
    topology.append(actor.next(0, 1, 0, SegmentEnd.TERMINATED, 1, 9));

    assertEquals(3, topology.run("first").missing());
    assertEquals(2, abandoned());
    assertEquals(List.of(9.0), topology.written().stream().map(Episode::getReturn).toList());
  }

  @Test
  void aDuplicateIsDropped() {
    byte[] begin = SegmentCodec.encode(actor.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    byte[] end = SegmentCodec.encode(actor.next(0, 0, 1, SegmentEnd.TERMINATED, 1, 1));
    for (byte[] record : List.of(begin, begin, end, begin, end)) {
      topology.append(actor.key(), record);
    }

    assertEquals(List.of(2.0), topology.written().stream().map(Episode::getReturn).toList());
    assertEquals(3, topology.run("first").duplicates());
    assertEquals(2, topology.run("first").segments());
  }

  @Test
  void aLaneThatGoesOnElsewhereIsAbandoned() {
    topology.append(actor.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    topology.append(actor.next(0, 0, 5, SegmentEnd.TERMINATED, 1, 1));
    topology.append(actor.next(0, 1, 0, SegmentEnd.CONTINUES, 1, 1));
    topology.append(actor.next(0, 2, 0, SegmentEnd.TERMINATED, 1, 8));

    assertEquals(List.of(8.0), topology.written().stream().map(Episode::getReturn).toList());
    assertEquals(2, abandoned());
  }

  @Test
  void whatWasNotReadFromItsFirstStepIsNoEpisode() {
    actor.sequence = 100;
    topology.append(actor.next(0, 4, 128, SegmentEnd.CONTINUES, 1, 1));
    topology.append(actor.next(0, 4, 129, SegmentEnd.TERMINATED, 1, 1));
    topology.append(actor.next(0, 5, 0, SegmentEnd.TERMINATED, 1, 6));

    assertEquals(List.of(6.0), topology.written().stream().map(Episode::getReturn).toList());
    assertEquals(0, abandoned());
    assertEquals(0, topology.run("first").missing());
  }

  @Test
  void whatIsNoSegmentIsCountedAndPassedOver() {
    topology.append(actor.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    byte[] sound = SegmentCodec.encode(actor.next(0, 0, 1, SegmentEnd.TERMINATED, 1, 1));
    byte[] damaged = sound.clone();
    damaged[damaged.length / 2] ^= 1;
    byte[] future = sound.clone();
    future[4] = 2;
    topology.append(actor.key(), "nonsense".getBytes(StandardCharsets.UTF_8));
    topology.append(actor.key(), null);
    topology.append(null, sound);
    topology.append(actor.key(), damaged);
    topology.append(actor.key(), future);
    topology.append(
        actor.key(),
        RecordCodec.EVALUATION.encode(Evaluation.newBuilder().setRun("first").build()));
    topology.append("first/another".getBytes(StandardCharsets.UTF_8), sound);
    topology.append(actor.key(), sound);

    assertEquals(List.of(2.0), topology.written().stream().map(Episode::getReturn).toList());
    assertEquals(3, topology.counters.rejections(RejectionReason.FOREIGN));
    assertEquals(1, topology.counters.rejections(RejectionReason.CORRUPT));
    assertEquals(1, topology.counters.rejections(RejectionReason.FUTURE_FORMAT));
    assertEquals(1, topology.counters.rejections(RejectionReason.UNEXPECTED_KIND));
    assertEquals(1, topology.counters.rejections(RejectionReason.INVALID));
  }

  @Test
  void storesExpireWithTheLogsOwnTime() {
    ActorScript lively = new ActorScript("first", "lively", 1);
    topology.append(actor.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    topology.append(actor.next(1, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    for (int step = 0; step < 7; step++) {
      topology.append(lively.next(0, 0, step, SegmentEnd.CONTINUES, 1, 1));
      topology.pass(TestTopology.SILENCE.dividedBy(6));
    }
    topology.append(lively.next(0, 0, 7, SegmentEnd.TERMINATED, 1, 1));

    assertEquals(List.of(8.0), topology.written().stream().map(Episode::getReturn).toList());
    assertEquals(2, abandoned());
    assertEquals(0, open());
    assertNull(topology.driver.getKeyValueStore("actors").get(actor.key()));
    assertNotNull(topology.driver.getKeyValueStore("actors").get(lively.key()));
    try (var lanes = topology.driver.getKeyValueStore("lanes").all()) {
      assertFalse(lanes.hasNext());
    }
    // It was not dead after all: its episode is lost, its next one is not, and nothing is missing.
    topology.append(actor.next(0, 0, 1, SegmentEnd.TERMINATED, 1, 1));
    topology.append(actor.next(0, 1, 0, SegmentEnd.TERMINATED, 1, 4));
    assertEquals(List.of(4.0), topology.written().stream().map(Episode::getReturn).toList());
    assertEquals(0, topology.run("first").missing());
    assertEquals(2, abandoned());
  }

  @Test
  void whatIsForgottenDoesNotDependOnWhenItIsLookedFor() {
    topology.append(actor.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 1));
    topology.pass(TestTopology.SILENCE);
    topology.append(actor.next(0, 0, 1, SegmentEnd.CONTINUES, 1, 1));
    topology.pass(TestTopology.SILENCE.plusMillis(1));
    topology.append(actor.next(0, 0, 2, SegmentEnd.TERMINATED, 1, 1));

    assertEquals(List.of(), topology.written());
    assertEquals(1, abandoned());
  }

  @Test
  void whatWasReadBeforeKafkaForgotTheGroupsOffsetsIsPassedOver() {
    topology.driver.<Integer, Long>getKeyValueStore("positions").put(0, 2L);
    topology.append(actor.next(0, 0, 0, SegmentEnd.TERMINATED, 1, 1));
    topology.append(actor.next(0, 1, 0, SegmentEnd.TERMINATED, 1, 2));
    topology.append(actor.next(0, 2, 0, SegmentEnd.TERMINATED, 1, 3));

    assertEquals(List.of(3.0), topology.written().stream().map(Episode::getReturn).toList());
    assertEquals(3L, topology.driver.<Integer, Long>getKeyValueStore("positions").get(0));
  }

  @Test
  void anActorsNewestEpochsAreRemembered() {
    for (long epoch = 1; epoch <= ActorEpochs.KEPT + 2; epoch++) {
      ActorScript started = new ActorScript("first", "producer", epoch);
      topology.append(started.next(0, 0, 0, SegmentEnd.CONTINUES, 1, 1));
      topology.pass(Duration.ofMillis(1));
    }
    ActorEpochs known =
        topology.driver.<byte[], ActorEpochs>getKeyValueStore("actors").get(actor.key());

    assertEquals(
        List.of(3L, 4L, 5L, 6L), known.epochs().stream().map(ActorEpochs.Epoch::number).toList());
    assertEquals(ActorEpochs.KEPT + 1, abandoned());
    assertEquals(1, open());
  }

  @Test
  void whatIsKeptIsReadAsItWasWritten() {
    OpenEpisode open = new OpenEpisode(1, 2, -0.1, 4, 5, 6, 7);
    ActorEpochs epochs =
        new ActorEpochs(List.of(new ActorEpochs.Epoch(-1, 2, 3), new ActorEpochs.Epoch(4, 5, 6)));

    assertEquals(
        open,
        StoreFormat.lanes()
            .deserializer()
            .deserialize("", StoreFormat.lanes().serializer().serialize("", open)));
    assertEquals(
        epochs,
        StoreFormat.actors()
            .deserializer()
            .deserialize("", StoreFormat.actors().serializer().serialize("", epochs)));
    assertEquals("first", StoreFormat.run(actor.key()));
    assertEquals(
        "first",
        StoreFormat.run(StoreFormat.lane(actor.key(), new LaneId("first", "producer", EPOCH, 5))));
  }

  @Test
  void onlyTheRunsHeardLastAreCounted() {
    for (int run = 0; run <= EpisodeCounters.MOST_RUNS; run++) {
      ActorScript script = new ActorScript("run-" + run, "producer", 1);
      topology.append(script.next(0, 0, 0, SegmentEnd.TERMINATED, 1, 1));
    }

    assertEquals(EpisodeCounters.MOST_RUNS + 1, topology.written().size());
    assertEquals(EpisodeCounters.MOST_RUNS, topology.counters.runs().size());
    assertFalse(topology.counters.runs().containsKey("run-0"));
  }
}
