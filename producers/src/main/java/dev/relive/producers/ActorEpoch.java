package dev.relive.producers;

import dev.relive.log.LaneId;

/**
 * One process start of a producer.
 *
 * @param run the run's id
 * @param actor the producer's name
 * @param epoch 64 bits that no other start of the actor has
 */
record ActorEpoch(String run, String actor, long epoch) {

  LaneId lane(int lane) {
    return new LaneId(run, actor, epoch, lane);
  }

  @Override
  public String toString() {
    return run + "/" + actor + "@" + Long.toHexString(epoch);
  }
}
