package dev.relive.evaluator.episodes;

import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.wire.Episode;
import org.jspecify.annotations.Nullable;

/**
 * An episode as far as it has been read, from its first step on.
 *
 * @param episode counts the episodes of the lane from 0
 * @param length transitions
 * @param sum of their rewards, added up one by one, so that it does not depend on how the episode
 *     was cut
 * @param firstPolicyVersion the version that chose the first action; 0 before it
 * @param lastPolicyVersion the version that chose the last action; 0 before the first
 * @param startedAtMicros when the first observation was made, microseconds since 1970
 * @param endedAtMicros when the last observation was made, microseconds since 1970
 */
record OpenEpisode(
    long episode,
    long length,
    double sum,
    long firstPolicyVersion,
    long lastPolicyVersion,
    long startedAtMicros,
    long endedAtMicros) {

  /** The episode that a segment begins; null where it is not the first of its episode. */
  static @Nullable OpenEpisode begunBy(Segment segment) {
    return segment.firstStep() == 0
        ? new OpenEpisode(segment.episode(), 0, 0, 0, 0, segment.startedAtMicros(), 0).with(segment)
        : null;
  }

  /** Whether a segment goes on where the episode stands. */
  boolean isContinuedBy(Segment segment) {
    return segment.episode() == episode && segment.firstStep() == length;
  }

  /** The same with the segment that continues it. */
  OpenEpisode with(Segment segment) {
    PolicyVersions versions = segment.policyVersions();
    int stretches = versions.count();
    boolean acted = stretches > 0;
    return new OpenEpisode(
        episode,
        segment.nextStep(),
        sumWith(segment),
        acted && length == 0 ? versions.version(0) : firstPolicyVersion,
        acted ? versions.version(stretches - 1) : lastPolicyVersion,
        startedAtMicros,
        segment.endedAtMicros());
  }

  private double sumWith(Segment segment) {
    float[] rewards = new float[segment.length()];
    segment.rewards().copyRows(0, rewards.length, rewards, 0);
    double total = sum;
    for (float reward : rewards) {
      total += reward;
    }
    return total;
  }

  /** The message of the episode, which ends with its last segment. */
  Episode endedBy(Segment last) {
    return Episode.newBuilder()
        .setRun(last.lane().run())
        .setActor(last.lane().actor())
        .setEpoch(last.lane().epoch())
        .setLane(last.lane().lane())
        .setEpisode(episode)
        .setLength(length)
        .setReturn(sum)
        .setEnd(last.end().wire())
        .setFirstPolicyVersion(firstPolicyVersion)
        .setLastPolicyVersion(lastPolicyVersion)
        .setStartedAtMicros(startedAtMicros)
        .setEndedAtMicros(endedAtMicros)
        .build();
  }
}
