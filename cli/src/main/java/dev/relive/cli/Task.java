package dev.relive.cli;

import dev.relive.learner.LearnerStart;
import dev.relive.learner.LearnerStart.NewReader;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.learner.LearnerStart.Resume;
import dev.relive.learner.LearnerStart.ResumeOrBegin;
import dev.relive.log.LogConnection;
import dev.relive.log.RunRegistry;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.RunSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run learns, for the screen.
 *
 * @param threshold the mean return that solves the environment; NaN where it states none
 */
record Task(String environment, String algorithm, long seed, double threshold) {

  private static Task of(NewRun run) {
    return of(run.environment(), run.algorithm().id(), run.seed());
  }

  /** The task of a run that a learner has begun or gone on with. */
  static Task of(LearnerStart start, LogConnection connection, String run) {
    if (start instanceof NewRun begun) {
      return of(begun);
    }
    try (RunRegistry runs = new RunRegistry(connection)) {
      return of(runs.find(run).spec());
    }
  }

  private static Task of(RunSpec spec) {
    return of(spec.getEnvironment(), spec.getAlgorithm(), spec.getSeed());
  }

  private static Task of(EnvironmentSpec environment, String algorithm, long seed) {
    return new Task(
        environment.getId(),
        algorithm,
        seed,
        environment.hasRewardThreshold() ? environment.getRewardThreshold() : Double.NaN);
  }

  /** What is known of the task before there is a run. */
  static List<String> titleBefore(LearnerStart start) {
    if (start instanceof Resume resume) {
      return List.of("run " + resume.idOrLabel());
    }
    if (start instanceof ResumeOrBegin either) {
      return titleBefore(either.resume());
    }
    return start instanceof NewReader reader
        ? List.of(reader.algorithm().id(), "from run " + reader.source())
        : of((NewRun) start).title();
  }

  /** The task and its run. */
  List<String> title(String run) {
    List<String> title = new ArrayList<>(title());
    title.add("run " + run);
    return title;
  }

  private List<String> title() {
    return List.of(environment, algorithm, "seed " + seed);
  }
}
