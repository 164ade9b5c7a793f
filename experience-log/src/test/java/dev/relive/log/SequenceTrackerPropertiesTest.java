package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.relive.log.wire.CheckpointState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** The tracker against {@link PlainSequenceReader}, on logs as crashes and faults make them. */
class SequenceTrackerPropertiesTest {
  /** What happens next to the log. */
  private enum Event {
    /** A lane writes its next segment. */
    WRITE,
    /** A lane writes its next segment, and it is lost. */
    LOSE,
    /** A segment written before is written again. */
    REPEAT,
    /** An actor's process is killed and started again. */
    RESTART,
    /** A lane jumps to another step, by a fault of its producer. */
    JUMP
  }

  private record Happening(Event event, String actor, int lane, SegmentEnd end, int number) {}

  @Provide
  Arbitrary<List<Happening>> happenings() {
    Arbitrary<Event> events =
        Arbitraries.frequency(
            Tuple.of(20, Event.WRITE),
            Tuple.of(2, Event.LOSE),
            Tuple.of(2, Event.REPEAT),
            Tuple.of(2, Event.RESTART),
            Tuple.of(1, Event.JUMP));
    return Combinators.combine(
            events,
            Arbitraries.of("a", "b"),
            Arbitraries.integers().between(0, 2),
            Arbitraries.frequency(
                Tuple.of(4, SegmentEnd.CONTINUES),
                Tuple.of(1, SegmentEnd.TERMINATED),
                Tuple.of(1, SegmentEnd.TRUNCATED),
                Tuple.of(1, SegmentEnd.ABANDONED)),
            Arbitraries.integers().between(0, 1000))
        .as(Happening::new)
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 2000)
  void everyConclusionIsThatOfThePlainReader(
      @ForAll("happenings") List<Happening> happenings, @ForAll boolean fromFirstSegment) {
    List<Segment> log = log(happenings);
    // In mid-log: the first half has been deleted.
    List<Segment> read = fromFirstSegment ? log : log.subList(log.size() / 2, log.size());
    SequenceTracker tracker = new SequenceTracker(fromFirstSegment);
    PlainSequenceReader reader = new PlainSequenceReader(fromFirstSegment);

    for (Segment segment : read) {
      assertEquals(reader.observe(segment), tracker.observe(segment));
      assertEquals(reader.gaps(), tracker.gaps());
      assertEquals(reader.duplicates(), tracker.duplicates());
      assertEquals(reader.brokenLanes(), tracker.brokenLanes());
    }
  }

  @Property(tries = 1000)
  void aTrackerResumedAnywhereConcludesWhatOneThatNeverStoppedDoes(
      @ForAll("happenings") List<Happening> happenings,
      @ForAll boolean fromFirstSegment,
      @ForAll @IntRange(max = 80) int stop)
      throws Exception {
    List<Segment> log = log(happenings);
    int stopped = Math.min(stop, log.size());
    SequenceTracker lasting = new SequenceTracker(fromFirstSegment);
    log.subList(0, stopped).forEach(lasting::observe);
    SequenceTracker resumed =
        SequenceTracker.resumedFrom(fromFirstSegment, throughTheLog(lasting.state()));

    for (Segment segment : log.subList(stopped, log.size())) {
      long broken = lasting.brokenLanes();
      long brokenOfResumed = resumed.brokenLanes();
      assertEquals(lasting.observe(segment), resumed.observe(segment));
      assertEquals(lasting.brokenLanes() - broken, resumed.brokenLanes() - brokenOfResumed);
      assertEquals(lasting.state(), resumed.state());
    }
  }

  private static List<CheckpointState.Actor> throughTheLog(List<CheckpointState.Actor> state)
      throws InvalidProtocolBufferException {
    CheckpointState.Progressed written =
        CheckpointState.Progressed.newBuilder().addAllActors(state).build();
    return CheckpointState.Progressed.parseFrom(written.toByteString()).getActorsList();
  }

  @Property
  void aLogWithoutFaultsHasNoGapsDuplicatesOrBrokenLanes(
      @ForAll("happenings") List<Happening> happenings, @ForAll boolean fromFirstSegment) {
    List<Segment> log =
        log(
            happenings.stream()
                .filter(
                    happening -> happening.event == Event.WRITE || happening.event == Event.RESTART)
                .toList());
    SequenceTracker tracker = new SequenceTracker(fromFirstSegment);
    log.forEach(tracker::observe);

    assertEquals(0, tracker.gaps() + tracker.duplicates() + tracker.brokenLanes());
  }

  private static List<Segment> log(List<Happening> happenings) {
    List<Segment> log = new ArrayList<>();
    Map<String, Producer> producers = new HashMap<>();
    for (Happening happening : happenings) {
      Producer producer = producers.computeIfAbsent(happening.actor, Producer::new);
      switch (happening.event) {
        case WRITE -> log.add(producer.write(happening.lane, happening.end));
        case LOSE -> producer.write(happening.lane, happening.end);
        case REPEAT -> {
          if (!log.isEmpty()) {
            log.add(log.get(happening.number % log.size()));
          }
        }
        case RESTART -> producer.restart();
        case JUMP -> producer.jump(happening.lane, happening.number);
      }
    }
    return log;
  }

  /** Writes as the protocol says. */
  private static final class Producer {
    private final String actor;
    private final Map<Integer, long[]> episodeAndStep = new HashMap<>();
    private long epoch = 1;
    private long sequence;

    Producer(String actor) {
      this.actor = actor;
    }

    Segment write(int lane, SegmentEnd end) {
      long[] place = place(lane);
      int length = end == SegmentEnd.ABANDONED ? 0 : 2;
      Segment segment =
          SegmentExamples.at(
              new LaneId("run", actor, epoch, lane), sequence++, place[0], place[1], length, end);
      if (end == SegmentEnd.CONTINUES) {
        place[1] += length;
      } else {
        place[0]++;
        place[1] = 0;
      }
      return segment;
    }

    void restart() {
      epoch++;
      sequence = 0;
      episodeAndStep.clear();
    }

    void jump(int lane, int steps) {
      place(lane)[1] += steps;
    }

    private long[] place(int lane) {
      return episodeAndStep.computeIfAbsent(lane, number -> new long[2]);
    }
  }
}
