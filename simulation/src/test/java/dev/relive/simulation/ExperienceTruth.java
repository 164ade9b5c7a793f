package dev.relive.simulation;

import dev.relive.log.Segment;
import dev.relive.log.SimulatedExperience;
import dev.relive.simulation.kafka.SimulatedRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the run's experience and who wrote it, known by the process start and not by what
 * the record says: a plain second reading, by ordinal, of what readers must conclude.
 */
final class ExperienceTruth {
  private final List<Fact> facts = new ArrayList<>();
  private final Map<Long, Written> byOffset = new HashMap<>();
  private final Map<Integer, Long> nextSequences = new HashMap<>();

  /** Of each actor epoch the largest count of its steps, by the ordinal of the segment after. */
  private final Map<Epoch, TreeMap<Long, Long>> steps = new HashMap<>();

  private long distinctSteps;
  private long gaps;
  private long duplicates;

  /** An actor epoch as records name it. */
  record Epoch(String actor, long number) {}

  /** Which process start wrote what. */
  record Written(int start, long sequence, long actorSteps) {}

  /**
   * What there is to know of a segment, and of all up to it.
   *
   * @param isNew whether it stands nowhere before
   * @param distinctSteps transitions of all that are new
   */
  record Fact(Segment segment, boolean isNew, long distinctSteps, long gaps, long duplicates) {}

  /**
   * A process start's record was appended.
   *
   * @param segment what it was made of
   */
  void appended(int start, Segment segment, SimulatedRecord record) {
    byOffset.put(record.offset(), new Written(start, segment.sequence(), segment.actorSteps()));
    if (SimulatedExperience.decode(record) != null) {
      readable(start, segment);
    }
  }

  private void readable(int start, Segment segment) {
    long expected = nextSequences.getOrDefault(start, 0L);
    boolean isNew = segment.sequence() >= expected;
    if (isNew) {
      gaps += segment.sequence() - expected;
      distinctSteps += segment.length();
      nextSequences.put(start, segment.sequence() + 1);
    } else {
      duplicates++;
    }
    facts.add(new Fact(segment, isNew, distinctSteps, gaps, duplicates));
    Epoch epoch = new Epoch(segment.lane().actor(), segment.lane().epoch());
    TreeMap<Long, Long> ofEpoch = steps.computeIfAbsent(epoch, unused -> new TreeMap<>());
    long most = ofEpoch.isEmpty() ? 0 : ofEpoch.lastEntry().getValue();
    ofEpoch.put((long) facts.size(), Math.max(most, segment.actorSteps()));
  }

  Fact at(long ordinal) {
    return facts.get((int) ordinal);
  }

  /** What was written at an offset; null where nothing was. */
  @Nullable Written written(long offset) {
    return byOffset.get(offset);
  }

  /** Steps of an actor epoch that stand before an ordinal. */
  long stepsBefore(String actor, long epoch, long ordinal) {
    TreeMap<Long, Long> ofEpoch = steps.get(new Epoch(actor, epoch));
    Map.Entry<Long, Long> last = ofEpoch == null ? null : ofEpoch.floorEntry(ordinal);
    return last == null ? 0 : last.getValue();
  }

  /** Steps of a process start that stand before an offset. */
  long stepsOfStartBefore(int start, long offset) {
    return byOffset.entrySet().stream()
        .filter(entry -> entry.getKey() < offset && entry.getValue().start() == start)
        .mapToLong(entry -> entry.getValue().actorSteps())
        .max()
        .orElse(0);
  }

  /** The epochs of an actor that stand in the log. */
  int epochs(String actor) {
    return (int) steps.keySet().stream().filter(epoch -> epoch.actor().equals(actor)).count();
  }

  /** Every segment that can be read, all of it but its times. */
  List<String> told() {
    return facts.stream().map(Fact::segment).map(ExperienceTruth::told).toList();
  }

  private static String told(Segment segment) {
    float[] observations = new float[segment.observations().rows() * Scenario.OBSERVATION_SIZE];
    segment.observations().copyRows(0, segment.observations().rows(), observations, 0);
    return "%s sequence %d, episode %d, step %d, %s, %s, after %d: %s"
        .formatted(
            segment.lane(),
            segment.sequence(),
            segment.episode(),
            segment.firstStep(),
            segment.end(),
            segment.policyVersions(),
            segment.actorSteps(),
            Arrays.toString(observations));
  }
}
