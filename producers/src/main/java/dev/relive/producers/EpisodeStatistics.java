package dev.relive.producers;

/**
 * The returns of the last {@value #WINDOW} finished episodes. Written by one thread, read by any.
 */
final class EpisodeStatistics {
  static final int WINDOW = 100;

  private final double[] returns = new double[WINDOW];
  private volatile Summary summary = new Summary(0, 0, Double.NaN, Double.NaN);

  /** Adds a finished episode. */
  void add(double episodeReturn) {
    long episodes = summary.episodes();
    returns[(int) (episodes % WINDOW)] = episodeReturn;
    int count = (int) Math.min(episodes + 1, WINDOW);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += returns[i];
    }
    summary = new Summary(episodes + 1, summary.abandoned(), episodeReturn, sum / count);
  }

  /** Counts an episode that broke off. */
  void addAbandoned() {
    Summary before = summary;
    summary =
        new Summary(
            before.episodes(), before.abandoned() + 1, before.lastReturn(), before.meanReturn());
  }

  Summary summary() {
    return summary;
  }

  /**
   * What there is to say of the episodes so far.
   *
   * @param episodes how many have finished
   * @param abandoned how many broke off because the environment failed
   * @param lastReturn NaN before the first
   * @param meanReturn over the window; NaN before the first
   */
  record Summary(long episodes, long abandoned, double lastReturn, double meanReturn) {}
}
