package dev.relive.cli;

import dev.relive.evaluator.EvaluatorConfig;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** An evaluator by itself. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Run an evaluator by itself: play a run's snapshots, until it is solved or ends.",
    description = {
      "",
      "Plays every snapshot without exploring, on seeds that training never sees, and says when"
          + " the run is solved. Of several, one evaluates and the others stand by. It may be"
          + " started before the learner, and waits for it.",
      "",
      "It also writes the episodes of training to a topic of their own. Of that work, several"
          + " evaluators do each a part.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:the run is solved",
      "  1:it failed, and says why",
      "  2:the command line or a RELIVE_ variable is wrong",
      "  3:the run has ended and is not solved",
      "130:stopped by Ctrl-C",
    },
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive evaluate                   for the only active run",
      "  relive evaluate --run first",
    })
final class EvaluateCommand extends ServiceCommand<EvaluateConfig> {

  @ArgGroup(validate = false, order = 1, heading = "%n@|bold Evaluating|@%n")
  private final FollowOptions follow = new FollowOptions();

  @ArgGroup(validate = false, order = 2, heading = "%n@|bold Episodes|@%n")
  private final EvaluatorOptions evaluator = new EvaluatorOptions();

  @ArgGroup(validate = false, order = 3, heading = "%n@|bold Training|@%n")
  private final EpisodeOptions training = new EpisodeOptions();

  @ArgGroup(validate = false, order = 5, heading = "%n@|bold The end|@%n")
  private final EndOptions end = new EndOptions();

  @ArgGroup(validate = false, order = 80, heading = "%n@|bold Page, metrics and health|@%n")
  private final EndpointOptions.OfEvaluator endpoint = new EndpointOptions.OfEvaluator();

  /** How it plays. */
  static final class EvaluatorOptions extends DeviceOptions {

    @Option(
        names = "--episodes",
        paramLabel = "N",
        description = "How many are played of each snapshot, and again to confirm one.")
    int episodes = EvaluatorConfig.DEFAULT_EPISODES;

    @Option(
        names = "--stochastic-episodes",
        paramLabel = "N",
        description =
            "How many are played besides of each snapshot, acting as in training; they decide"
                + " nothing.")
    int stochasticEpisodes;

    @Option(names = "--lanes", paramLabel = "N", description = "How many of them side by side.")
    int lanes = EvaluatorConfig.DEFAULT_EPISODES;

    EvaluatorOptions() {
      super(Device.CPU);
    }
  }

  EvaluateCommand(Shell shell) {
    super(shell);
  }

  @Override
  EvaluateConfig config() {
    python().apply();
    InvalidOption.unlessWithin("--episodes", evaluator.episodes, 1, 1_000_000);
    InvalidOption.unlessWithin("--stochastic-episodes", evaluator.stochasticEpisodes, 0, 1_000_000);
    InvalidOption.unlessWithin("--lanes", evaluator.lanes, 1, 65_536);
    return new EvaluateConfig(
        place(),
        endpoint.endpoint(),
        follow.run(),
        follow.name("evaluator"),
        evaluator.episodes,
        evaluator.stochasticEpisodes,
        evaluator.lanes,
        evaluator.choice(),
        follow.runTimeout(),
        end.onEnd,
        training.episodeStream);
  }

  @Override
  Job job(EvaluateConfig config, ServiceProcess process) {
    return new EvaluateJob(config, process);
  }
}
