package dev.relive.learner;

import dev.relive.log.wire.CheckpointState;

/**
 * What a run's filters have not let through.
 *
 * @param otherVersionSteps transitions that other policy versions chose
 * @param episodeSteps transitions of episodes that were not let through, or not from their start
 * @param lowReturnEpisodes episodes whose return was too low
 * @param abandonedEpisodes episodes that never ended, or of which a segment is missing
 * @param oversizedEpisodes episodes that had not ended when no more could be held
 */
public record Dropped(
    long otherVersionSteps,
    long episodeSteps,
    long lowReturnEpisodes,
    long abandonedEpisodes,
    long oversizedEpisodes) {
  /** Nothing yet. */
  static final Dropped NOTHING = new Dropped(0, 0, 0, 0, 0);

  static Dropped of(CheckpointState.Filtered message) {
    return new Dropped(
        message.getOtherVersionSteps(),
        message.getEpisodeSteps(),
        message.getLowReturnEpisodes(),
        message.getAbandonedEpisodes(),
        message.getOversizedEpisodes());
  }

  CheckpointState.Filtered message() {
    return CheckpointState.Filtered.newBuilder()
        .setOtherVersionSteps(otherVersionSteps)
        .setEpisodeSteps(episodeSteps)
        .setLowReturnEpisodes(lowReturnEpisodes)
        .setAbandonedEpisodes(abandonedEpisodes)
        .setOversizedEpisodes(oversizedEpisodes)
        .build();
  }

  /** All transitions that were not let through. */
  public long steps() {
    return otherVersionSteps + episodeSteps;
  }

  Dropped plusOtherVersions(long steps) {
    return new Dropped(
        otherVersionSteps + steps,
        episodeSteps,
        lowReturnEpisodes,
        abandonedEpisodes,
        oversizedEpisodes);
  }

  Dropped plusSteps(long steps) {
    return plusEpisodes(steps, 0, 0, 0);
  }

  Dropped plusLowReturn(long steps) {
    return plusEpisodes(steps, 1, 0, 0);
  }

  Dropped plusAbandoned(long steps) {
    return plusEpisodes(steps, 0, 1, 0);
  }

  Dropped plusOversized(long steps) {
    return plusEpisodes(steps, 0, 0, 1);
  }

  private Dropped plusEpisodes(long steps, int low, int abandoned, int oversized) {
    return new Dropped(
        otherVersionSteps,
        episodeSteps + steps,
        lowReturnEpisodes + low,
        abandonedEpisodes + abandoned,
        oversizedEpisodes + oversized);
  }
}
