package dev.relive.producers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EpisodeStatisticsTest {
  private final EpisodeStatistics statistics = new EpisodeStatistics();

  @Test
  void nothingIsKnownBeforeTheFirstEpisode() {
    assertEquals(new EpisodeStatistics.Summary(0, 0, Double.NaN, Double.NaN), statistics.summary());
  }

  @Test
  void theMeanIsOverAllEpisodesWhileTheyAreFew() {
    statistics.add(10);
    statistics.add(20);
    statistics.add(60);

    assertEquals(new EpisodeStatistics.Summary(3, 0, 60, 30), statistics.summary());
  }

  @Test
  void theMeanForgetsAllButTheLastHundred() {
    for (int episode = 1; episode <= 250; episode++) {
      statistics.add(episode);
    }

    assertEquals(
        new EpisodeStatistics.Summary(250, 0, 250, (151 + 250) / 2.0), statistics.summary());
  }
}
