package dev.relive.producers;

import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Progress;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The learner's credit as its producer reckons it. A step of all lanes needs
 *
 * <pre>own steps − ingested steps of its epoch + lanes ≤ max-lead,</pre>
 *
 * and, where the learner requires one, a policy of that version or a newer one.
 *
 * <p>What is ingested follows from the newest Progress alone: the count of this epoch where it is
 * listed, else what it knows to stand in the log before the next segment. So a new generation of
 * the learner, which ingests again what came after its checkpoint, starts the count anew.
 */
final class Credit {
  /** Acknowledgements remembered; of those forgotten the credit comes with the oldest known. */
  static final int ACKNOWLEDGEMENTS_KEPT = 1_024;

  private final ActorEpoch actor;
  private final int lanes;
  private final long maxLead;
  private final boolean freeRunning;

  /** The epoch's transitions up to each of its newest segments in the log, by its offset. */
  private final TreeMap<Long, Long> acknowledged = new TreeMap<>();

  private boolean listed;
  private long listedSteps;
  private long nextOffset;
  private long requiredVersion;

  /**
   * Nothing is ingested yet.
   *
   * @param maxLead steps that the actor epoch may be ahead of what the learner has ingested of it
   * @param freeRunning whether to step without regard to credit; a required version still counts
   */
  Credit(ActorEpoch actor, int lanes, long maxLead, boolean freeRunning) {
    this.actor = actor;
    this.lanes = lanes;
    this.maxLead = maxLead;
    this.freeRunning = freeRunning;
  }

  /** Takes the newest word of the learner. */
  void onProgress(Progress progress) {
    listed = false;
    for (ActorProgress entry : progress.getActorsList()) {
      if (entry.getEpoch() == actor.epoch() && entry.getActor().equals(actor.actor())) {
        listed = true;
        listedSteps = entry.getSteps();
      }
    }
    nextOffset = progress.getNextSegment().getOffset();
    requiredVersion = progress.getRequiredPolicyVersion();
  }

  /** A segment is in the log, and with it so many transitions of the epoch. */
  void onAcknowledged(long offset, long actorSteps) {
    acknowledged.put(offset, actorSteps);
    if (acknowledged.size() > ACKNOWLEDGEMENTS_KEPT) {
      acknowledged.pollFirstEntry();
    }
  }

  /** What keeps the lanes from their next step; null when they may make it. */
  @Nullable WaitReason obstacle(long ownSteps, long heldVersion) {
    if (heldVersion < requiredVersion) {
      return WaitReason.VERSION;
    }
    return freeRunning || ownSteps - ingested() + lanes <= maxLead ? null : WaitReason.CREDIT;
  }

  /** Steps of the epoch that the learner has ingested. */
  long ingested() {
    if (listed) {
      return listedSteps;
    }
    Map.Entry<Long, Long> last = acknowledged.lowerEntry(nextOffset);
    return last == null ? 0 : last.getValue();
  }
}
