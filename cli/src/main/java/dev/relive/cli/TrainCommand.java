package dev.relive.cli;

import dev.relive.learner.LearnerStart;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything in one process, until the environment is solved. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Learn an environment: everything in one process, until it is solved.",
    description = {
      "",
      "Starts an embedded Kafka, a producer, a learner and an evaluator, which know one another"
          + " through the log alone. It is solved when the mean greedy return of one snapshot over"
          + " 100 episodes reaches the environment's threshold, twice.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:solved",
      "  1:it failed, and says why",
      "  2:the command line or a RELIVE_ variable is wrong",
      "  3:all --steps were taken and it is not solved",
      "130:stopped by Ctrl-C; the log is whole",
    },
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive train --seed 7",
      "  relive train --algorithm actor-critic --set actor-critic.batch-size=512 --max-lead 512",
      "  relive train --run cartpole-v1-20261120-193448-umwj         goes on with it",
      "  RELIVE_DATA_DIRECTORY=/var/relive relive train --plain",
    })
final class TrainCommand extends LearningCommand<TrainConfig> {

  @ArgGroup(validate = false, order = 2, heading = "%n@|bold Experience|@%n")
  private final FlowOptions flow = new FlowOptions();

  @ArgGroup(validate = false, order = 5, heading = "%n@|bold The end|@%n")
  private final ResultOptions end = new ResultOptions();

  @ArgGroup(validate = false, order = 75, heading = "%n@|bold Disk|@%n")
  private final FloorOptions disk = new FloorOptions();

  @ArgGroup(validate = false, order = 6, heading = "%n@|bold Episodes|@%n")
  private final EpisodeOptions episodes = new EpisodeOptions();

  /** What is left of it. */
  static final class ResultOptions {

    @Option(
        names = "--result",
        paramLabel = "FILE",
        description = "Write how it ended to this file, as JSON.")
    @Nullable Path result;
  }

  TrainCommand(Shell shell) {
    super(shell);
  }

  @Override
  @Nullable Retention retention() {
    return flow.retention;
  }

  @Override
  LearnerStart start() {
    return runStart().start(resume());
  }

  @Override
  TrainConfig config() {
    python().apply();
    return new TrainConfig(
        place(),
        endpoint(),
        start(),
        device(),
        Optional.ofNullable(end.result),
        disk.bytes(),
        episodes.episodeStream);
  }

  @Override
  Job job(TrainConfig config, ServiceProcess process) {
    return new TrainJob(config, process);
  }
}
