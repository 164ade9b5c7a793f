package dev.relive.producers;

import dev.relive.log.SegmentEnd;

/** Hears of every episode that an environment finished. Called on the loop's thread. */
interface EpisodeListener {

  /**
   * @param episodeReturn sum of the rewards, undiscounted
   * @param length steps
   * @param end TERMINATED or TRUNCATED
   */
  void onEpisode(double episodeReturn, long length, SegmentEnd end);
}
