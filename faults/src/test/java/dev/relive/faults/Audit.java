package dev.relive.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.log.wire.Progress;
import java.util.List;

/**
 * How the log stands to what was acknowledged, in segments.
 *
 * @param acknowledged what producers said is in the log
 * @param lost of these, what is not
 * @param duplicated what stands there once more
 * @param inDoubt what is in the log although nobody said so: it was on its way when its producer or
 *     its broker was killed
 */
record Audit(long acknowledged, long lost, long duplicated, long inDoubt) {
  static final Audit NOTHING = new Audit(0, 0, 0, 0);

  /** What has come since an earlier one. */
  Audit since(Audit earlier) {
    return new Audit(
        acknowledged - earlier.acknowledged,
        lost - earlier.lost,
        duplicated - earlier.duplicated,
        inDoubt - earlier.inDoubt);
  }

  /**
   * Holds everything that was said of a run against everything that is in its log. The producers
   * stop meanwhile, so that all of it stands still.
   */
  static Audit of(Deployment run) throws Exception {
    List<JavaProcess> producers = run.producers();
    for (JavaProcess producer : producers) {
      producer.pause();
    }
    try {
      run.await("the end of the log", () -> isAllIngested(run));
      run.watch().check();
      requireSameCounts(run);
      Acknowledgements said = run.acknowledgements();
      return run.watch()
          .experience(
              log ->
                  new Audit(
                      said.count(),
                      log.lost(said.sequences()),
                      log.duplicates(),
                      log.unsaid(said.sequences(), said.living())));
    } finally {
      for (JavaProcess producer : producers) {
        producer.resume();
      }
    }
  }

  /** Whether the learner has ingested all that is in the log, and has said so. */
  private static boolean isAllIngested(Deployment run) throws InterruptedException {
    run.watch().awaitAll();
    Progress progress = run.progress();
    return run.watch()
        .experience(
            log ->
                progress.getSegments() == log.segments() && progress.getRunSteps() == log.steps());
  }

  /** The learner's metrics say what stands in the log. */
  private static void requireSameCounts(Deployment run) throws Exception {
    MetricsPage page = run.learnerMetrics();
    long steps = run.watch().experience(ExperienceAccount::steps);
    long segments = run.watch().experience(ExperienceAccount::segments);
    assertEquals(steps, page.value("relive_learner_steps_total"));
    assertEquals(segments, page.value("relive_learner_segments_read_total"));
    assertEquals(0, page.value("relive_learner_segments_missing_total"));
    assertEquals(0, page.value("relive_learner_segments_duplicate_total"));
    assertEquals(0, page.value("relive_learner_records_rejected_total"));
  }
}
