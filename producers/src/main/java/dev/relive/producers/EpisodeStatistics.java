package dev.relive.producers;

/**
 * The returns of the last {@value #WINDOW} finished episodes. Written by one thread, read by any.
 */
final class EpisodeStatistics {
  static final int WINDOW = 100;

  private final double[] returns = new double[WINDOW];
  private volatile Summary summary = new Summary(0, Double.NaN, Double.NaN);

  /** Adds a finished episode. */
  void add(double episodeReturn) {
    long episodes = summary.episodes();
    returns[(int) (episodes % WINDOW)] = episodeReturn;
    int count = (int) Math.min(episodes + 1, WINDOW);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += returns[i];
    }
    summary = new Summary(episodes + 1, episodeReturn, sum / count);
  }

  Summary summary() {
    return summary;
  }

  /**
   * What there is to say of the episodes so far.
   *
   * @param episodes how many have finished
   * @param lastReturn NaN before the first
   * @param meanReturn over the window; NaN before the first
   */
  record Summary(long episodes, double lastReturn, double meanReturn) {}
}
