package dev.relive.producers;

import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the episodes of an actor epoch: to its statistics, its meters, and where one broke off
 * to the reader of its output.
 */
final class EpisodeAccount implements EpisodeListener {
  private static final Logger LOG = LoggerFactory.getLogger(EpisodeAccount.class);
  private static final int LOGGED_ONE_BY_ONE = 10;

  private final EpisodeStatistics statistics;
  private final ObjLongConsumer<Double> meters;

  /**
   * @param meters take the return and the length of each finished episode
   */
  EpisodeAccount(EpisodeStatistics statistics, ObjLongConsumer<Double> meters) {
    this.statistics = statistics;
    this.meters = meters;
  }

  @Override
  public void onEpisode(double episodeReturn, long length) {
    statistics.add(episodeReturn);
    meters.accept(episodeReturn, length);
  }

  @Override
  public void onAbandoned(int lane, String reason) {
    statistics.addAbandoned();
    long count = statistics.summary().abandoned();
    if (count <= LOGGED_ONE_BY_ONE || Long.bitCount(count) == 1) {
      LOG.warn("An episode of lane {} is abandoned, the {}. so far: {}", lane, count, reason);
    }
  }
}
