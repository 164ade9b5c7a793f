package dev.relive.log;

/**
 * A segment is in the log.
 *
 * @param lane who made it
 * @param sequence its sequence of (actor, epoch)
 * @param length its transitions
 * @param actorSteps transitions in the segments of (actor, epoch) up to this one, this one included
 * @param partition where it stands
 * @param offset where it stands in its partition
 */
public record Acknowledgement(
    LaneId lane, long sequence, int length, long actorSteps, int partition, long offset) {}
