package dev.relive.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

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
      "  relive train --environment CartPole-v0 --set learning-rate=0.0005",
      "  RELIVE_DATA_DIRECTORY=/var/relive relive train --plain",
    })
final class TrainCommand implements Callable<Integer> {

  private final Shell shell;

  @ArgGroup(validate = false, order = 1, heading = "%n@|bold Learning|@%n")
  private final TaskOptions task = new TaskOptions();

  @ArgGroup(validate = false, order = 2, heading = "%n@|bold Experience|@%n")
  private final FlowOptions flow = new FlowOptions();

  @ArgGroup(validate = false, order = 3, heading = "%n@|bold The log|@%n")
  private final KafkaOptions kafka = new KafkaOptions();

  @ArgGroup(validate = false, order = 4, heading = "%n@|bold Metrics and health|@%n")
  private final EndpointOptions endpoint = new EndpointOptions();

  @ArgGroup(validate = false, order = 5, heading = "%n@|bold Screen|@%n")
  private final ScreenOptions screen = new ScreenOptions();

  TrainCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    task.check();
    flow.check();
    endpoint.check();
    shell
        .out()
        .println(task.seed + " " + kafka.dataDirectory + screen.quiet + task.settings + task.steps);
    return ExitCode.SUCCESS;
  }
}
