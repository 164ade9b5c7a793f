package dev.relive.producers;

import dev.relive.environments.random.RunSeeds;
import dev.relive.log.ExperienceReader;
import dev.relive.log.LaneId;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.wire.RunSpec;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;

/**
 * One process start of a producer.
 *
 * @param run the run's id
 * @param actor the producer's name
 * @param epoch 64 bits that no other start of the actor has
 */
record ActorEpoch(String run, String actor, long epoch) {

  /**
   * The epoch of an actor that starts now: at random, or in a deterministic run the one that
   * follows those that the actor has in the log.
   *
   * @throws LogException if the run is deterministic and another actor is its producer
   */
  static ActorEpoch next(LogConnection connection, RunSpec spec, String actor) {
    long epoch =
        spec.getDeterministic()
            ? new RunSeeds(spec.getSeed())
                .deterministicEpoch(actor, epochsInLog(connection, spec, actor))
            : new SecureRandom().nextLong();
    return new ActorEpoch(spec.getRun(), actor, epoch);
  }

  private static int epochsInLog(LogConnection connection, RunSpec spec, String actor) {
    Set<Long> epochs = new HashSet<>();
    new ExperienceReader(connection, RejectedRecords.LEFT)
        .read(ReadRequest.of(connection.topics(), spec).untilNow())
        .map(logged -> logged.segment().lane())
        .doOnNext(lane -> requireSameActor(lane, actor))
        .doOnNext(lane -> epochs.add(lane.epoch()))
        .blockLast();
    return epochs.size();
  }

  private static void requireSameActor(LaneId lane, String actor) {
    if (!lane.actor().equals(actor)) {
      throw new LogException(
          "Run %s is deterministic and has one producer: %s, whose segments are in its log, and not %s."
              .formatted(lane.run(), lane.actor(), actor));
    }
  }

  LaneId lane(int lane) {
    return new LaneId(run, actor, epoch, lane);
  }

  @Override
  public String toString() {
    return run + "/" + actor + "@" + Long.toHexString(epoch);
  }
}
