package dev.relive.learner;

import dev.relive.log.Segment;
import dev.relive.log.wire.ActorProgress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many steps of each live actor epoch have been ingested: what grants producers their credit.
 * An epoch is over when a newer one of its actor has been ingested.
 */
final class ActorLedger {
  private final Map<String, LinkedHashMap<Long, ActorProgress.Builder>> actors =
      new LinkedHashMap<>();

  /** Epochs of one actor that are told: the newest, and the one before while its tail comes in. */
  private static final int EPOCHS_TOLD = 2;

  void ingested(Segment segment, long missingSegments) {
    LinkedHashMap<Long, ActorProgress.Builder> epochs =
        actors.computeIfAbsent(segment.lane().actor(), actor -> new LinkedHashMap<>());
    ActorProgress.Builder epoch =
        epochs.computeIfAbsent(
            segment.lane().epoch(),
            number -> ActorProgress.newBuilder().setActor(segment.lane().actor()).setEpoch(number));
    epoch
        .setSteps(Math.max(epoch.getSteps(), segment.actorSteps()))
        .setNextSequence(segment.sequence() + 1)
        .setGaps(epoch.getGaps() + missingSegments);
    if (epochs.size() > EPOCHS_TOLD) {
      Iterator<Long> oldest = epochs.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  List<ActorProgress> actors() {
    return actors.values().stream()
        .flatMap(epochs -> epochs.values().stream())
        .map(ActorProgress.Builder::build)
        .toList();
  }
}
