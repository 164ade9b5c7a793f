package dev.relive.producers;

/** Hears of every episode that an environment finished. Called on the loop's thread. */
interface EpisodeListener {

  /**
   * An episode was terminated or truncated.
   *
   * @param episodeReturn sum of the rewards, undiscounted
   * @param length steps
   */
  void onEpisode(double episodeReturn, long length);

  /**
   * An episode broke off because the environment failed.
   *
   * @param lane whose it was
   * @param reason a sentence
   */
  void onAbandoned(int lane, String reason);
}
