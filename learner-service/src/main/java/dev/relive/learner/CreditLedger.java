package dev.relive.learner;

import static java.util.Objects.requireNonNullElse;

import dev.relive.log.Continuity;
import dev.relive.log.Segment;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.CheckpointState.Actor;
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

  /** Goes on with what a checkpoint says: what had waited then is counted as ingested. */
  void restore(List<Actor> known) {
    for (Actor actor : known) {
      Entry entry = entry(actor.getActor(), actor.getEpoch());
      entry
          .read
          .setSteps(actor.getSteps())
          .setNextSequence(actor.getNextSequence())
          .setGaps(actor.getGaps())
          .setDuplicates(actor.getDuplicates());
      entry.retell();
    }
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

  /**
   * A segment has been read to its end.
   *
   * @param continuity what it is to its actor's others; null for a duplicate, which was not taken
   */
  void read(Segment segment, @Nullable Continuity continuity) {
    Entry entry = entry(segment);
    if (continuity == null) {
      entry.read.setDuplicates(entry.read.getDuplicates() + 1);
    } else {
      entry
          .read
          .setNextSequence(segment.sequence() + 1)
          .setGaps(entry.read.getGaps() + continuity.missingSegments());
    }
    entry.retell();
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

  /** Actor epochs that are told. */
  int epochs() {
    return actors.values().stream().mapToInt(Map::size).sum();
  }

  /** The actors' part of what producers may count on now. */
  List<ActorProgress> actors() {
    List<ActorProgress> told = new ArrayList<>();
    for (LinkedHashMap<Long, Entry> epochs : actors.values()) {
      for (Entry epoch : epochs.values()) {
        told.add(epoch.told);
      }
    }
    return told;
  }
}
