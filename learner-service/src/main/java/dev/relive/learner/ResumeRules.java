package dev.relive.learner;

import dev.relive.learner.LearnerStart.ExperienceOf;
import dev.relive.learner.LearnerStart.Stated;
import dev.relive.log.LogException;
import dev.relive.log.Run;
import dev.relive.log.Run.Phase;
import dev.relive.log.Settings;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import java.util.ArrayList;
import java.util.List;

/** Which runs can be resumed, and by whom. */
final class ResumeRules {
  private ResumeRules() {}

  /**
   * Checks that a run has not reached its goal, and is what the user takes it for.
   *
   * @throws LogException saying why it cannot be resumed
   */
  static void check(Run run, Stated stated) {
    if (isSolved(run)) {
      throw new RunEndedException(
          run.id(), "Run %s is solved, so there is nothing to resume.".formatted(run));
    }
    if (Algorithm.find(run.spec().getAlgorithm()).isEmpty()) {
      throw new LogException(
          "Run %s learns by %s, and this program by %s."
              .formatted(run, run.spec().getAlgorithm(), Algorithm.ids()));
    }
    List<String> differences = differences(run.spec(), stated);
    if (!differences.isEmpty()) {
      throw new LogException(
          "Run %s cannot be resumed as something else: %s."
              .formatted(run, String.join("; ", differences)));
    }
  }

  /**
   * Checks whose experience a run learns from.
   *
   * @throws LogException if that is not wanted
   */
  static void checkExperience(Run run, ExperienceOf wanted) {
    boolean anothers = Run.learnsFromAnother(run.spec());
    if (anothers && wanted == ExperienceOf.OWN) {
      throw new LogException(
          "Run %s learns from the experience of run %s, so `relive learn` or `relive replay` goes on with it."
              .formatted(run, run.spec().getSourceRun()));
    }
    if (!anothers && wanted == ExperienceOf.ANOTHER) {
      throw new LogException(
          "Run %s learns from experience of its own, so `relive train` or `relive learn` goes on with it."
              .formatted(run));
    }
  }

  /**
   * Checks that a run which was left has not come to its end.
   *
   * @throws LogException if its steps are spent
   */
  static void checkStepsLeft(Run run, Progress newest, LearnerSettings settings) {
    if (hasSpentItsSteps(run, newest, settings)) {
      throw new RunEndedException(
          run.id(),
          "Run %s has spent its %d steps, so there is nothing to resume."
              .formatted(run, settings.schedule().steps()));
    }
  }

  static boolean isSolved(Run run) {
    return run.phase() == Phase.SOLVED && Run.endsWhenSolved(run.spec());
  }

  static boolean hasSpentItsSteps(Run run, Progress newest, LearnerSettings settings) {
    boolean stopped = run.state() != null && run.state().getPhase() == RunPhase.STOPPED;
    return stopped && settings.schedule().finished(newest.getRunSteps());
  }

  /** What a run is and a user takes it for, where these differ. */
  static List<String> differences(RunSpec spec, Stated stated) {
    List<String> differences = new ArrayList<>();
    EnvironmentSpec environment = stated.environment();
    if (environment != null) {
      EnvironmentSpec there = spec.getEnvironment();
      add(differences, "environment", there.getId(), environment.getId());
      add(
          differences,
          "environment options",
          Settings.of(there.getOptionsList()),
          Settings.of(environment.getOptionsList()));
      add(differences, "wrappers", there.getWrappersList(), environment.getWrappersList());
    }
    if (stated.algorithm() != null) {
      add(differences, "algorithm", spec.getAlgorithm(), stated.algorithm().id());
    }
    if (stated.seed() != null) {
      add(differences, "seed", spec.getSeed(), stated.seed());
    }
    Settings there = Settings.of(spec.getSettingsList());
    stated
        .settings()
        .asMap()
        .forEach((name, value) -> add(differences, name, setting(there, name), value));
    return differences;
  }

  private static String setting(Settings settings, String name) {
    return settings.names().contains(name) ? settings.text(name) : "not set";
  }

  private static void add(List<String> differences, String name, Object there, Object stated) {
    if (!there.equals(stated)) {
      differences.add("%s is %s, not %s".formatted(name, there, stated));
    }
  }
}
