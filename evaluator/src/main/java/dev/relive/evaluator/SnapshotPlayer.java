package dev.relive.evaluator;

import dev.relive.log.wire.Snapshot;
import java.util.Optional;

/** Plays episodes by the weights of a snapshot. */
interface SnapshotPlayer {

  /**
   * Takes the weights to play by.
   *
   * @throws IllegalArgumentException when they are damaged, unknown or for another environment
   */
  void load(Snapshot snapshot);

  /**
   * Plays the episodes {@code [firstSeed, firstSeed + count)} of the evaluation range without
   * exploring.
   */
  EpisodeResults playGreedily(long firstSeed, int count) throws InterruptedException;

  /**
   * Plays the same as producers do in training: with the snapshot's ε, or by the probabilities of a
   * stochastic policy.
   *
   * @return empty where the snapshot does not tell its ε
   */
  Optional<EpisodeResults> playStochastically(long firstSeed, int count)
      throws InterruptedException;
}
