package dev.relive.log;

import dev.relive.log.wire.RunPhase;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Tells whether somebody works on a run now, whatever its records and the clocks say. */
public final class RunActivity {
  /** A learner says something at least once a second; whoever is silent for this long is gone. */
  public static final Duration LONGEST_SILENCE = Duration.ofSeconds(3);

  private RunActivity() {}

  /**
   * Whether a learner is at the run: one that may be, by what the last one wrote, adds to the
   * newest Progress within the time that a learner may be silent.
   */
  public static boolean isLearned(LogConnection connection, Run run) {
    return isLearned(connection, run, LONGEST_SILENCE);
  }

  static boolean isLearned(LogConnection connection, Run run, Duration silence) {
    boolean mayBe = run.state() == null || run.state().getPhase() == RunPhase.ACTIVE;
    return mayBe
        && new RunFeeds(connection)
            .progress(run.id())
            .skip(1)
            .next()
            .timeout(silence, Mono.empty())
            .blockOptional()
            .isPresent();
  }
}
