package dev.relive.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

/** What becomes of a run whose learner is slow, or hangs, for a while. */
final class HeldBackLearner {
  private static final double FORMER_PART = 0.9;
  private static final double LEAST_PART = 0.5;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(1);

  private final Deployment run;
  private final long mostLead;
  private final Rate rate;

  /**
   * @param mostLead steps that all producers together may be ahead of the learner
   */
  HeldBackLearner(Deployment run, long mostLead) {
    this.run = run;
    this.mostLead = mostLead;
    rate = new Rate(() -> run.progress().getRunSteps());
  }

  /**
   * Lets the learner work only now and then for a while, and waits until it is as fast as before.
   *
   * @param work time that it works at a stretch; with none it hangs all the while
   * @param rest time between
   * @param recoveries gets how long that took
   */
  void hold(Duration work, Duration rest, Duration time, Recoveries recoveries) throws Exception {
    double former = rate.over(Duration.ofSeconds(Extent.of(2, 20)));
    Slowness slowness = new Slowness(run.learner(), work, rest);
    try {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() - end < 0) {
        run.workFor(BETWEEN_LOOKS);
        requireLead();
      }
      requireProducersCount();
    } finally {
      slowness.end();
    }
    long released = System.nanoTime();
    double reached = rate.awaitOneSecondOf(FORMER_PART * former, LONGEST_RECOVERY);
    recoveries.add(released, System.nanoTime());
    assertTrue(
        reached > LEAST_PART * former,
        () -> "%.0f steps/s after %.0f before".formatted(reached, former));
  }

  /** What is in the log and not ingested is within the credit of the producers. */
  private void requireLead() throws Exception {
    // In this order the difference can only be too small, by what is ingested in between.
    long logged = run.watch().experience(ExperienceAccount::steps);
    run.watch().awaitAll();
    long ingested = run.progress().getRunSteps();
    assertTrue(
        logged - ingested <= mostLead,
        () -> "%d steps logged, %d ingested".formatted(logged, ingested));
  }

  /** A producer's metrics say as much as it said itself, which stands still sooner or later. */
  private void requireProducersCount() throws Exception {
    for (JavaProcess producer : run.producers()) {
      run.await(
          "the count of " + producer.name(),
          () ->
              run.metrics(producer).value("relive_producer_segments_acknowledged_total")
                  == run.acknowledgements().saidBy(producer));
    }
  }
}
