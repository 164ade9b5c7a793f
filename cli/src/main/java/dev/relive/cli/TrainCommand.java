package dev.relive.cli;

import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.cli.display.ProgressDisplay;
import dev.relive.cli.display.Terminal;
import dev.relive.service.ServiceGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  private static final Duration CLOSE_LIMIT = Duration.ofMillis(4_800);

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

  /** What the options say, checked. */
  TrainConfig config() {
    task.checkResult();
    return TrainConfig.of(task, flow, kafka, endpoint);
  }

  @Override
  public Integer call() throws Exception {
    TrainConfig config = config();
    Stopwatch stopwatch = Stopwatch.sinceJavaStart();
    try (ServiceGroup group = new ServiceGroup(CLOSE_LIMIT)) {
      group.closeOnSignal();
      Training training = new Training(config, group);
      TrainScreen view = new TrainScreen(training, stopwatch);
      Conclusion conclusion = group.add("conclusion", new Conclusion(view));
      group.add(
          "log messages", Logging.start(config.dataDirectory(), "train", screen, shell.err()));
      group.start(new ProgressLoop(display(), view::view));
      Outcome outcome = training.run(stopwatch);
      conclusion.reached = outcome;
      if (task.result != null) {
        Path file = task.result;
        view.summary(outcome).ifPresent(summary -> TrainResult.write(summary, file));
      }
      return exitCode(outcome);
    }
  }

  private ProgressDisplay display() {
    if (screen.quiet) {
      return ProgressDisplay.none();
    }
    boolean plain = screen.plain || screen.verbose;
    Terminal terminal = plain ? Terminal.none() : Terminal.detect(shell.variables());
    return ProgressDisplay.on(shell.out(), terminal);
  }

  private static int exitCode(Outcome outcome) {
    return switch (outcome) {
      case SOLVED -> ExitCode.SUCCESS;
      case UNSOLVED -> ExitCode.UNSOLVED;
      case STOPPED -> ExitCode.INTERRUPTED;
    };
  }

  /** Closes last, when the log is at rest: what it tells then stays true. */
  private final class Conclusion implements AutoCloseable {

    private final TrainScreen view;
    private @Nullable Outcome reached;

    Conclusion(TrainScreen view) {
      this.view = view;
    }

    @Override
    public void close() {
      if (reached != null) {
        Optional<TrainSummary> summary = view.summary(reached);
        String text = summary.map(TrainSummary::text).orElse("Stopped before there was a run.\n");
        shell.out().print("\n" + text);
        shell.out().flush();
      }
    }
  }
}
