package dev.relive.cli;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.environments.Environments;
import dev.relive.learner.Algorithm;
import dev.relive.learner.LearnerStart;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.learner.LearnerStart.Resume;
import dev.relive.learner.LearnerStart.Stated;
import dev.relive.log.Settings;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.service.UserException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The run that a learner begins, or goes on with, as the options say. */
final class RunStart {

  private static final int DRAWN_SEEDS = 1_000_000_000;
  private static final Set<String> DECIDED_BY_THE_RUN =
      Set.of("--environment", "--algorithm", "--seed", "--label", "--deterministic", "--retention");

  private final TaskOptions task;
  private final FlowOptions flow;
  private final RunSettings settings;

  RunStart(TaskOptions task, FlowOptions flow, RunSettings settings) {
    this.task = task;
    this.flow = flow;
    this.settings = settings;
  }

  /** Checks the options and puts them together. */
  LearnerStart start(ResumeOptions resume) {
    return resume.run == null ? newRun() : resume(resume.run, resume);
  }

  private NewRun newRun() {
    Algorithm algorithm =
        algorithm(task.algorithm == null ? TaskOptions.DEFAULT_ALGORITHM : task.algorithm);
    return new NewRun(
        task.label == null ? "" : task.label,
        environment(task.environment == null ? TaskOptions.DEFAULT_ENVIRONMENT : task.environment),
        algorithm,
        settings.complete(algorithm, task.settings, task.deterministic),
        seed(),
        task.deterministic,
        (flow.retention == null ? Retention.FOR_EVER : flow.retention).duration());
  }

  private Resume resume(String run, ResumeOptions options) {
    refuse("--label", task.label);
    refuse("--deterministic", task.deterministic ? true : null);
    refuse("--retention", flow.retention);
    Algorithm algorithm = task.algorithm == null ? null : algorithm(task.algorithm);
    Stated stated =
        new Stated(
            statedEnvironment(),
            algorithm,
            algorithm == null
                ? settings.stated(task.settings, Algorithm.values())
                : settings.stated(task.settings, algorithm),
            task.seed == null ? null : seed());
    return new Resume(run, stated, options.ifRunning());
  }

  private static void refuse(String option, @Nullable Object value) {
    if (value != null) {
      throw new InvalidOption(
          option, value, "left out with --run: it was decided when the run began");
    }
  }

  private @Nullable EnvironmentSpec statedEnvironment() {
    if (task.environment == null && task.environmentOptions.isEmpty()) {
      return null;
    }
    return environment(
        task.environment == null ? TaskOptions.DEFAULT_ENVIRONMENT : task.environment);
  }

  /** The environment with its options. */
  private EnvironmentSpec environment(String id) {
    try {
      return EnvironmentMessages.message(Environments.spec(id, task.environmentOptions));
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()), ExitCode.USAGE, e);
    }
  }

  private static Algorithm algorithm(String id) {
    return Algorithm.find(id)
        .orElseThrow(() -> new InvalidOption("--algorithm", id, Algorithm.ids()));
  }

  /** The seed stated, or a drawn one that is short enough to be typed again. */
  private long seed() {
    if (task.seed == null) {
      return new SecureRandom().nextInt(DRAWN_SEEDS);
    }
    InvalidOption.unlessWithin("--seed", task.seed, 0, Long.MAX_VALUE);
    return task.seed;
  }

  /** What an option is that nobody states. */
  String unstated(LearnerStart start, OptionSpec option) {
    Optional<String> setting = RunSettings.settingOf(option);
    if (start instanceof NewRun run) {
      return setting.isPresent()
          ? run.settings().asMap().getOrDefault(setting.get(), "")
          : UsualValues.of(option);
    }
    return setting.isPresent() || DECIDED_BY_THE_RUN.contains(option.longestName())
        ? "as the run says"
        : UsualValues.of(option);
  }

  /** Adds the settings that are no options: all of a new run, those stated of another. */
  void describe(LearnerStart start, PrintedConfig printed, OptionSpec set) {
    Settings known =
        start instanceof NewRun run ? run.settings() : ((Resume) start).stated().settings();
    known
        .asMap()
        .forEach(
            (name, value) -> {
              if (settings.optionOf(name).isEmpty()) {
                boolean stated = task.settings.containsKey(name);
                printed.add(
                    "set " + name, value, stated ? printed.origin(set) : PrintedConfig.DEFAULT);
              }
            });
  }
}
