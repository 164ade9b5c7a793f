package dev.relive.learner;

import dev.relive.log.InvalidSettingException;
import dev.relive.log.Run;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.Settings;
import dev.relive.log.wire.Progress;

/** Which runs a learner can be asked to go on with, this program's or another. */
public final class ResumableRuns {

  private ResumableRuns() {}

  /** Whether it may be gone on with; also where this program cannot tell. */
  public static boolean contains(RunReport report) {
    Run run = report.run();
    return !ResumeRules.isSolved(run)
        && report.progress().filter(newest -> hasSpentItsSteps(run, newest)).isEmpty();
  }

  private static boolean hasSpentItsSteps(Run run, Progress newest) {
    try {
      return Algorithm.find(run.spec().getAlgorithm())
          .map(
              algorithm ->
                  algorithm.settings(
                      Settings.of(run.spec().getSettingsList()), run.spec().getDeterministic()))
          .filter(settings -> ResumeRules.hasSpentItsSteps(run, newest, settings))
          .isPresent();
    } catch (InvalidSettingException e) {
      return false;
    }
  }
}
