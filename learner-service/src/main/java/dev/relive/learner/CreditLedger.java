package dev.relive.learner;

import static java.util.Objects.requireNonNullElse;

import dev.relive.log.Continuity;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.CheckpointState.Actor;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of each actor epoch has been ingested: what producers' credit is counted from. It knows
 * the actors heard of last, and of each the two newest epochs: one, and the one before while its
 * tail comes in.
 */
final class CreditLedger {
  /** Actors that are told; the others see by the next segment's position what is ingested. */
  static final int ACTORS_TOLD = 1_000;

  private static final int EPOCHS_TOLD = 2;

  private final LinkedHashMap<String, LinkedHashMap<Long, Entry>> actors = new LinkedHashMap<>();
  private final List<Entry> waiting = new ArrayList<>();
  private Position nextSegment;

  /** What is known of an actor epoch; {@code waiting} of its steps are in an unfinished batch. */
  private static final class Entry {
    private final ActorProgress.Builder read;
    private long waiting;
    private ActorProgress told = ActorProgress.getDefaultInstance();

    Entry(ActorProgress.Builder read) {
      this.read = read;
      retell();
    }

    void retell() {
      told = read.clone().setSteps(read.getSteps() - waiting).build();
    }
  }

  /**
   * @param first where the run's first segment will stand
   */
  CreditLedger(Position first) {
    nextSegment = first;
  }

  /** Goes on with what a checkpoint says: what had waited then is counted as ingested. */
  void restore(List<Actor> known, Position next) {
    nextSegment = next;
    for (Actor actor : known) {
      entry(actor.getActor(), actor.getEpoch())
          .read
          .setSteps(actor.getSteps())
          .setNextSequence(actor.getNextSequence())
          .setGaps(actor.getGaps())
          .setDuplicates(actor.getDuplicates());
    }
    actors.values().forEach(epochs -> epochs.values().forEach(Entry::retell));
  }

  /**
   * Transitions of a segment have been taken.
   *
   * @param until how many of the segment's, these included
   * @param waits how many of these wait in an unfinished batch
   */
  void taken(Segment segment, int until, int waits) {
    Entry entry = entry(segment);
    long steps = segment.actorSteps() - (segment.length() - until);
    entry.read.setSteps(Math.max(entry.read.getSteps(), steps));
    if (waits > 0 && entry.waiting == 0) {
      waiting.add(entry);
    }
    entry.waiting += waits;
    entry.retell();
  }

  /** The batch has been learned from: nothing waits any more. */
  void settle() {
    for (Entry entry : waiting) {
      entry.waiting = 0;
      entry.retell();
    }
    waiting.clear();
  }

  /** A segment has been read, and taken unless it is a duplicate. */
  void read(SegmentRecord record, @Nullable Continuity continuity) {
    Entry entry = entry(record.segment());
    if (continuity == null) {
      entry.read.setDuplicates(entry.read.getDuplicates() + 1);
    } else {
      entry
          .read
          .setNextSequence(record.segment().sequence() + 1)
          .setGaps(entry.read.getGaps() + continuity.missingSegments());
    }
    entry.retell();
    nextSegment =
        nextSegment.toBuilder()
            .setPartition(record.partition())
            .setOffset(record.offset() + 1)
            .build();
  }

  private Entry entry(Segment segment) {
    return entry(segment.lane().actor(), segment.lane().epoch());
  }

  /** The epoch's entry; its actor is now the one heard of last. */
  private Entry entry(String actor, long number) {
    LinkedHashMap<Long, Entry> epochs =
        requireNonNullElse(actors.remove(actor), new LinkedHashMap<Long, Entry>());
    actors.put(actor, epochs);
    Entry entry =
        epochs.computeIfAbsent(
            number, n -> new Entry(ActorProgress.newBuilder().setActor(actor).setEpoch(n)));
    removeEldest(epochs, EPOCHS_TOLD);
    removeEldest(actors, ACTORS_TOLD);
    return entry;
  }

  private static <K, V> void removeEldest(Map<K, V> map, int most) {
    if (map.size() > most) {
      Iterator<Map.Entry<K, V>> entries = map.entrySet().iterator();
      entries.next();
      entries.remove();
    }
  }

  /** The next record to read. */
  Position nextSegment() {
    return nextSegment;
  }

  /** What producers may count on now: the part of a Progress that grants credit. */
  Progress grant() {
    Progress.Builder grant = Progress.newBuilder().setNextSegment(nextSegment);
    for (LinkedHashMap<Long, Entry> epochs : actors.values()) {
      for (Entry epoch : epochs.values()) {
        grant.addActors(epoch.told);
      }
    }
    return grant.build();
  }
}
