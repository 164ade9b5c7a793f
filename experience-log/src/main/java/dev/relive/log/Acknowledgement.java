package dev.relive.log;

/**
 * A segment is in the log.
 *
 * @param lane who made it
 * @param sequence its sequence of (actor, epoch)
 * @param length its transitions
 * @param actorSteps transitions that (actor, epoch) had made with it
 * @param partition the partition it stands in
 * @param offset where it stands in its partition
 */
public record Acknowledgement(
    LaneId lane, long sequence, int length, long actorSteps, int partition, long offset) {}
