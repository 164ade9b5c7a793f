package dev.relive.cli;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.environments.Environments;
import dev.relive.learner.Algorithm;
import dev.relive.learner.LearnerStart;
import dev.relive.learner.LearnerStart.ExperienceOf;
import dev.relive.learner.LearnerStart.NewReader;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.learner.LearnerStart.Resume;
import dev.relive.learner.LearnerStart.ResumeOrBegin;
import dev.relive.learner.LearnerStart.Stated;
import dev.relive.log.Settings;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.service.UserException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The run that a learner begins, or goes on with, as the options say. */
final class RunStart {

  private static final int DRAWN_SEEDS = 1_000_000_000;
  private static final Set<String> DECIDED_BY_THE_RUN =
      Set.of("--environment", "--algorithm", "--seed", "--label", "--deterministic", "--retention");

  private final TaskOptions task;
  private final @Nullable Retention retention;
  private final RunSettings settings;

  RunStart(TaskOptions task, @Nullable Retention retention, RunSettings settings) {
    this.task = task;
    this.retention = retention;
    this.settings = settings;
  }

  /** Checks the options of a run with experience of its own and puts them together. */
  LearnerStart start(ResumeOptions resume) {
    resume.check();
    String run = resume.run;
    return run == null ? newRun(label()) : goOn(run, resume, ExperienceOf.OWN, () -> newRun(run));
  }

  /**
   * Checks the options of a run that may learn from another's experience and puts them together.
   *
   * @param live whether such a run goes on with the other unless told otherwise
   * @param resumable which runs can be gone on with
   */
  LearnerStart start(
      ResumeOptions resume, SourceOptions source, boolean live, ExperienceOf resumable) {
    resume.check();
    String run = resume.run;
    if (run == null) {
      return begin(label(), source, live);
    }
    if (!resume.mayBegin()) {
      source.refuse("with --run: it was decided when the run began");
    }
    return goOn(run, resume, resumable, () -> begin(run, source, live));
  }

  private LearnerStart begin(String label, SourceOptions source, boolean live) {
    if (source.sourceRun == null) {
      source.refuse("without --source-run");
      return newRun(label);
    }
    return newReader(label, source.sourceRun, source, live);
  }

  private LearnerStart goOn(
      String run, ResumeOptions options, ExperienceOf resumable, Supplier<LearnerStart> begun) {
    refuse("--label", task.label);
    if (options.mayBegin()) {
      LearnerStart otherwise = begun.get();
      ExperienceOf same = otherwise instanceof NewReader ? ExperienceOf.ANOTHER : ExperienceOf.OWN;
      return new ResumeOrBegin(resume(run, options, same), otherwise);
    }
    refuse("--deterministic", task.deterministic ? true : null);
    refuse("--retention", retention);
    return resume(run, options, resumable);
  }

  private String label() {
    return task.label == null ? "" : task.label;
  }

  private NewReader newReader(String label, String run, SourceOptions source, boolean live) {
    if (task.deterministic) {
      throw new InvalidOption(
          "--deterministic",
          true,
          "left out with --source-run: what is learned from another's experience is the same"
              + " whenever it is");
    }
    Algorithm algorithm =
        algorithm(task.algorithm == null ? TaskOptions.DEFAULT_ALGORITHM : task.algorithm);
    return new NewReader(
        label,
        run,
        statedEnvironment(),
        algorithm,
        settings.stated(task.settings, algorithm),
        seed(),
        source.range(live),
        source.filters());
  }

  private NewRun newRun(String label) {
    Algorithm algorithm =
        algorithm(task.algorithm == null ? TaskOptions.DEFAULT_ALGORITHM : task.algorithm);
    return new NewRun(
        label,
        environment(task.environment == null ? TaskOptions.DEFAULT_ENVIRONMENT : task.environment),
        algorithm,
        settings.complete(algorithm, task.settings, task.deterministic),
        seed(),
        task.deterministic,
        (retention == null ? Retention.FOR_EVER : retention).duration());
  }

  private Resume resume(String run, ResumeOptions options, ExperienceOf resumable) {
    Algorithm algorithm = task.algorithm == null ? null : algorithm(task.algorithm);
    Stated stated =
        new Stated(
            statedEnvironment(),
            algorithm,
            algorithm == null
                ? settings.stated(task.settings, Algorithm.values())
                : settings.stated(task.settings, algorithm),
            task.seed == null ? null : seed());
    return new Resume(run, stated, options.ifRunning(), resumable);
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
    if (start instanceof ResumeOrBegin either) {
      return unstated(either.begun(), option);
    }
    Optional<String> setting = RunSettings.settingOf(option);
    if (start instanceof NewRun run) {
      return setting.isPresent()
          ? run.settings().asMap().getOrDefault(setting.get(), "")
          : UsualValues.of(option);
    }
    if (start instanceof NewReader) {
      return isOfSource(option, setting) ? "as the source run says" : usual(option, setting);
    }
    return setting.isPresent() || DECIDED_BY_THE_RUN.contains(option.longestName())
        ? "as the run says"
        : UsualValues.of(option);
  }

  private static boolean isOfSource(OptionSpec option, Optional<String> setting) {
    return setting.filter(RunStart::isOfSource).isPresent()
        || option.longestName().equals("--environment");
  }

  /** How experience was made is for the run to say that made it. */
  private static boolean isOfSource(String setting) {
    return setting.startsWith("flow.");
  }

  private static String usual(OptionSpec option, Optional<String> setting) {
    return setting.filter("schedule.steps"::equals).isPresent()
        ? "no limit"
        : UsualValues.of(option);
  }

  /** Adds the settings that are no options: all of a new run, those stated of another. */
  void describe(LearnerStart start, PrintedConfig printed, OptionSpec set) {
    known(start)
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

  private static Settings known(LearnerStart start) {
    if (start instanceof ResumeOrBegin either) {
      return known(either.begun());
    }
    if (start instanceof NewRun run) {
      return run.settings();
    }
    if (start instanceof NewReader reader) {
      Map<String, String> all = reader.algorithm().defaults().with(reader.settings()).asMap();
      all.keySet().removeIf(RunStart::isOfSource);
      return Settings.of(all);
    }
    return ((Resume) start).stated().settings();
  }
}
