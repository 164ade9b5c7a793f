package dev.relive.evaluator.episodes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the newest process starts of an actor have been read, in the order of their first
 * segments.
 */
record ActorEpochs(List<Epoch> epochs) {
  /** Older epochs are forgotten, as every reader does. */
  static final int KEPT = 4;

  static final ActorEpochs NONE = new ActorEpochs(List.of());

  /**
   * One of them.
   *
   * @param number 64 random bits
   * @param nextSequence the sequence expected next
   * @param heardAtMillis when its last segment was appended to the log, milliseconds since 1970
   */
  record Epoch(long number, long nextSequence, long heardAtMillis) {
    /** Whether nothing was heard of it for longer than the limit. */
    boolean isSilent(long nowMillis, long limitMillis) {
      return nowMillis - heardAtMillis > limitMillis;
    }
  }

  ActorEpochs {
    epochs = List.copyOf(epochs);
  }

  /** The epoch of a number; null where none is known. */
  @Nullable Epoch find(long number) {
    // The newest speaks, nearly always.
    for (int i = epochs.size() - 1; i >= 0; i--) {
      if (epochs.get(i).number() == number) {
        return epochs.get(i);
      }
    }
    return null;
  }

  /** The same with this one in the place of the one of its number, or as the newest. */
  ActorEpochs with(Epoch epoch) {
    List<Epoch> others = new ArrayList<>(epochs);
    for (int i = 0; i < others.size(); i++) {
      if (others.get(i).number() == epoch.number()) {
        others.set(i, epoch);
        return new ActorEpochs(others);
      }
    }
    others.add(epoch);
    return new ActorEpochs(others.size() > KEPT ? others.subList(1, others.size()) : others);
  }

  /** The epochs of which nothing was heard for longer than the limit. */
  List<Epoch> silent(long nowMillis, long limitMillis) {
    return epochs.stream().filter(epoch -> epoch.isSilent(nowMillis, limitMillis)).toList();
  }

  /** The same without some. */
  ActorEpochs without(List<Epoch> forgotten) {
    return new ActorEpochs(epochs.stream().filter(epoch -> !forgotten.contains(epoch)).toList());
  }
}
