package dev.relive.evaluator;

import dev.relive.log.wire.Snapshot;

/** Plays episodes by the weights of a snapshot. */
interface SnapshotPlayer {

  /**
   * Takes the weights to play by.
   *
   * @throws IllegalArgumentException when they are damaged, unknown or for another environment
   */
  void load(Snapshot snapshot);

  /** Plays the episodes {@code [firstSeed, firstSeed + count)} of the evaluation range. */
  EpisodeResults play(long firstSeed, int count) throws InterruptedException;
}
