package dev.relive.log;

/**
 * One environment of one process start of an actor.
 *
 * @param run the run's id
 * @param actor the producer's name
 * @param epoch 64 random bits of the actor's process start
 * @param lane the environment's index within the actor, from 0
 */
public record LaneId(String run, String actor, long epoch, int lane) {
  @Override
  public String toString() {
    return run + "/" + actor + "@" + Long.toHexString(epoch) + "/" + lane;
  }
}
