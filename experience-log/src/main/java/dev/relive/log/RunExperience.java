package dev.relive.log;

import dev.relive.log.Finding.Place;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the segments of one run in log order: that none is missing or there twice, that lanes
 * continue, and that what segments say of one another agrees. Memory is bounded as a {@link
 * SequenceTracker}'s is.
 */
final class RunExperience {
  private final RunSpec spec;
  private final String topic;
  private final Findings findings;
  private final boolean whole;
  private final SegmentShape shape;
  private final SequenceTracker tracker;
  private final IngestedCheck ingested;
  private final Map<String, LinkedHashMap<Long, EpochAudit>> actors = new HashMap<>();

  private long segments;
  private long steps;
  private long epochs;
  private long openEpochs;
  private long misfits;
  private long lastLength;
  private @Nullable LaneId lastLane;
  private long newestVersion;
  private @Nullable Place newestVersionAt;

  /**
   * @param whole whether all that the run ever wrote is still there
   */
  RunExperience(
      RunSpec spec, String topic, boolean whole, IngestedCheck ingested, Findings findings) {
    this.spec = spec;
    this.topic = topic;
    this.whole = whole;
    this.ingested = ingested;
    this.findings = findings;
    this.shape = SegmentShape.of(spec.getEnvironment());
    this.tracker = new SequenceTracker(whole);
  }

  /**
   * The next well-formed segment of the run.
   *
   * @return why it does not fit the run's environment; null where it does
   */
  @Nullable RejectedRecordException add(SegmentRecord record) {
    if (!isWithin(record)) {
      add(
          FindingKind.OUTSIDE_RUN,
          record,
          "%s stands outside its run, which begins at %s.".formatted(name(record), beginning()));
      return null;
    }
    try {
      shape.check(record.segment());
    } catch (RejectedRecordException e) {
      misfits++;
      add(FindingKind.UNUSABLE_RECORD, record, name(record) + " is of no use: " + e.getMessage());
      return e;
    }
    ingested.before(record, segments, this);
    segments++;
    observe(record);
    return null;
  }

  private void observe(SegmentRecord record) {
    Segment segment = record.segment();
    long broken = tracker.brokenLanes();
    Continuity continuity = tracker.observe(segment);
    if (continuity.duplicate()) {
      lastLength = 0;
      add(FindingKind.DUPLICATE, record, name(record) + " has been there before.");
      return;
    }
    EpochAudit epoch = epoch(segment.lane());
    LaneAudit lane = epoch.lane(segment.lane().lane());
    if (continuity.missingSegments() > 0) {
      addGap(record, continuity.missingSegments());
    }
    if (tracker.brokenLanes() > broken) {
      add(
          FindingKind.BROKEN_LANE,
          record,
          "%s begins at episode %d, step %d, and its lane stands at %s."
              .formatted(name(record), segment.episode(), segment.firstStep(), lane.stand()));
    } else if (continuity.continuesLane() && !lane.observationContinues(segment)) {
      add(
          FindingKind.OBSERVATION,
          record,
          name(record) + " does not begin with the observation with which the one before it ends.");
    }
    checkSteps(record, epoch, continuity.missingSegments() > 0);
    checkVersions(record, lane);
    epoch.accept(segment);
    steps += segment.length();
    lastLength = segment.length();
    lastLane = segment.lane();
  }

  private void addGap(SegmentRecord record, long missing) {
    LaneId lane = record.segment().lane();
    long last = record.segment().sequence() - 1;
    String which =
        missing == 1
            ? "Segment %d of %s@%x is".formatted(last, actor(lane), lane.epoch())
            : "Segments %d to %d of %s@%x are"
                .formatted(last - missing + 1, last, actor(lane), lane.epoch());
    add(
        FindingKind.GAP,
        record,
        "%s missing before offset %d of partition %d."
            .formatted(which, record.offset(), record.partition()));
  }

  private void checkSteps(SegmentRecord record, EpochAudit epoch, boolean afterGap) {
    long stated = record.segment().actorSteps();
    long expected = epoch.stepsWith(record.segment());
    if (afterGap ? stated < expected : expected >= 0 && stated != expected) {
      add(
          FindingKind.ACTOR_STEPS,
          record,
          "%s counts %d steps of its actor, and its segments have %d up to there."
              .formatted(name(record), stated, expected));
    }
  }

  private void checkVersions(SegmentRecord record, LaneAudit lane) {
    PolicyVersions versions = record.segment().policyVersions();
    long older = lane.olderVersion(record.segment());
    if (older >= 0) {
      add(
          FindingKind.POLICY_VERSION,
          record,
          "%s acts by policy version %d after a newer one, %d."
              .formatted(name(record), older, Math.max(lane.version(), largest(versions))));
    }
    long largest = largest(versions);
    if (largest > newestVersion) {
      newestVersion = largest;
      newestVersionAt = Place.of(topic, record);
    }
  }

  private static long largest(PolicyVersions versions) {
    long largest = 0;
    for (int i = 0; i < versions.count(); i++) {
      largest = Math.max(largest, versions.version(i));
    }
    return largest;
  }

  /** As with a {@link SequenceTracker}, an actor's oldest epochs are forgotten. */
  private EpochAudit epoch(LaneId lane) {
    LinkedHashMap<Long, EpochAudit> known =
        actors.computeIfAbsent(lane.actor(), name -> new LinkedHashMap<>());
    EpochAudit epoch = known.get(lane.epoch());
    if (epoch == null) {
      epochs++;
      if (known.size() == SequenceTracker.EPOCHS_KEPT) {
        Iterator<EpochAudit> eldest = known.values().iterator();
        end(eldest.next());
        eldest.remove();
      }
      epoch = new EpochAudit(lane);
      known.put(lane.epoch(), epoch);
    }
    return epoch;
  }

  private void end(EpochAudit epoch) {
    long open = epoch.openLanes();
    if (open > 0) {
      openEpochs++;
      findings.add(
          FindingKind.OPEN_EPOCH,
          Place.ofEpoch(spec.getRun(), epoch.actor(), epoch.number(), epoch.lastSequence()),
          "%s/%s ends with segment %d and %d of its %d lanes in mid-episode: its process was killed, or still runs."
              .formatted(spec.getRun(), epoch, epoch.lastSequence(), open, epoch.lanes()));
    }
  }

  /**
   * All has been read.
   *
   * @param published the newest version of weights that the run has published
   */
  void end(long published) {
    actors.values().forEach(known -> known.values().forEach(this::end));
    ingested.end(segments, this);
    if (newestVersionAt != null && newestVersion > published) {
      findings.add(
          FindingKind.POLICY_VERSION,
          newestVersionAt,
          "Segment %d of %s/%s@%x acts by policy version %d, and run %s has published none after %d."
              .formatted(
                  newestVersionAt.sequence(),
                  spec.getRun(),
                  newestVersionAt.actor(),
                  newestVersionAt.epoch(),
                  newestVersion,
                  spec.getRun(),
                  published));
    }
  }

  private boolean isWithin(SegmentRecord record) {
    return spec.getPartitionsList().stream()
        .anyMatch(
            range ->
                range.getPartition() == record.partition()
                    && record.offset() >= range.getFirstOffset());
  }

  private String beginning() {
    List<String> places = spec.getPartitionsList().stream().map(RunExperience::beginning).toList();
    return String.join(", ", places);
  }

  private static String beginning(PartitionRange range) {
    return "offset %d of partition %d".formatted(range.getFirstOffset(), range.getPartition());
  }

  private void add(FindingKind kind, SegmentRecord record, String sentence) {
    findings.add(kind, Place.of(topic, record), sentence);
  }

  /** A segment by all that tells where it is. */
  static String name(SegmentRecord record) {
    return "Segment %d of %s at offset %d of partition %d"
        .formatted(
            record.segment().sequence(),
            record.segment().lane(),
            record.offset(),
            record.partition());
  }

  private static String actor(LaneId lane) {
    return lane.run() + "/" + lane.actor();
  }

  RunSpec spec() {
    return spec;
  }

  /** Whether all that the run ever wrote was there to be read. */
  boolean whole() {
    return whole;
  }

  SequenceTracker tracker() {
    return tracker;
  }

  /** Well-formed segments that fit, duplicates included: the ordinal of the next. */
  long segments() {
    return segments;
  }

  /** Transitions, of no duplicate. */
  long steps() {
    return steps;
  }

  /** Transitions of the newest segment; 0 where it was a duplicate. */
  long lastLength() {
    return lastLength;
  }

  /** Whose the newest segment is; null before the first. */
  @Nullable LaneId lastLane() {
    return lastLane;
  }

  long epochs() {
    return epochs;
  }

  long openEpochs() {
    return openEpochs;
  }

  long misfits() {
    return misfits;
  }
}
