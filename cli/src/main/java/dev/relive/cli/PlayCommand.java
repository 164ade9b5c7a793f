package dev.relive.cli;

import dev.relive.cli.display.Terminal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Episodes to look at and to count. */
@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Play episodes: look at one, save it as a GIF, or see what many of them return.",
    description = {
      "",
      "One episode is shown in the terminal, a picture of text for each step; of several it prints"
          + " the mean return and its like. A run's snapshot plays without exploring.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:played",
      "  1:the environment fails, there is no such snapshot, or the file cannot be written",
      "  2:the command line or a RELIVE_ variable is wrong",
      "130:stopped by Ctrl-C",
    },
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive play --policy angle",
      "  relive play --policy random --episodes 500",
      "  relive play --run first --gif first.gif",
    })
final class PlayCommand extends ToolCommand<PlayConfig> {

  private static final int MOST_EPISODES = 1_000_000;
  private static final int MOST_PICTURES_PER_SECOND = 100;

  @ArgGroup(validate = false, order = 1, heading = "%n@|bold What is played|@%n")
  private final GameOptions game = new GameOptions();

  @ArgGroup(validate = false, order = 2, heading = "%n@|bold By whom|@%n")
  private final PolicyOptions policy = new PolicyOptions();

  @ArgGroup(validate = false, order = 3, heading = "%n@|bold Pictures|@%n")
  private final PictureOptions pictures = new PictureOptions();

  @ArgGroup(validate = false, order = 60, heading = "%n@|bold Environments of Gymnasium|@%n")
  private final PythonOptions python = new PythonOptions();

  /** Which episodes. */
  static final class GameOptions {

    @Option(
        names = {"-e", "--environment"},
        paramLabel = "ID",
        description = "What to play; `relive environments ls` lists what there is.")
    @UsualValue(TaskOptions.DEFAULT_ENVIRONMENT + ", or what --run learned")
    @Nullable String environment;

    @Option(
        names = "--environment-option",
        paramLabel = "NAME=VALUE",
        split = ";",
        hideParamSyntax = true,
        description = "An option of the environment; can be repeated.")
    Map<String, String> environmentOptions = new LinkedHashMap<>();

    @Option(
        names = {"-n", "--episodes"},
        paramLabel = "N",
        description = "How many; several are not shown.")
    int episodes = 1;

    @Option(
        names = {"-s", "--seed"},
        paramLabel = "N",
        description = "The first episode's; each other has one more than the one before.")
    long seed;
  }

  /** Who chooses the actions. */
  static final class PolicyOptions {

    @Option(
        names = {"-p", "--policy"},
        paramLabel = "NAME",
        description =
            "random, angle (CartPole's: left where the pole leans left) or snapshot (of a run).")
    @UsualValue("snapshot with --run or --snapshot, else random")
    @Nullable Kind policy;

    @Option(
        names = "--action-seed",
        paramLabel = "N",
        description = "Of the actions drawn at random.")
    long actionSeed = 12_345;

    @Option(
        names = "--run",
        paramLabel = "RUN",
        description = "Whose snapshot plays: a run's id, or its label where only one has it.")
    @UsualValue("the only one")
    @Nullable String run;

    @Option(
        names = "--snapshot",
        paramLabel = "VERSION",
        description = "Which of them: a version's number, best, last or final.")
    @UsualValue(SnapshotChoice.BEST)
    @Nullable String snapshot;

    /** A policy, as it is written on the command line. */
    enum Kind {
      RANDOM,
      ANGLE,
      SNAPSHOT;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    private Kind kind() {
      if (policy != null) {
        return policy;
      }
      return run == null && snapshot == null ? Kind.RANDOM : Kind.SNAPSHOT;
    }

    private void refuse(String option, @Nullable String value) {
      if (value != null) {
        throw new InvalidOption(option, value, "left out with --policy " + kind());
      }
    }

    PolicyChoice choice(String environment) {
      if (kind() == Kind.SNAPSHOT) {
        return learned();
      }
      refuse("--run", run);
      refuse("--snapshot", snapshot);
      InvalidOption.unlessWithin("--action-seed", actionSeed, 0, Long.MAX_VALUE);
      if (kind() == Kind.RANDOM) {
        return new PolicyChoice.Random(actionSeed);
      }
      if (!AnglePolicy.plays(environment)) {
        throw new InvalidOption(
            "--policy", Kind.ANGLE, "random or snapshot for %s".formatted(environment));
      }
      return new PolicyChoice.Angle();
    }

    private PolicyChoice learned() {
      SnapshotChoice choice = new SnapshotChoice(snapshot == null ? SnapshotChoice.BEST : snapshot);
      if (choice.isAll()) {
        throw new InvalidOption("--snapshot", choice.words(), "a version, best, last or final");
      }
      return new PolicyChoice.Learned(Optional.ofNullable(run), choice);
    }
  }

  /** How episodes are shown. */
  static final class PictureOptions {

    @Option(names = "--fps", paramLabel = "N", description = "Pictures in a second.")
    int framesPerSecond = 15;

    @Option(
        names = "--gif",
        paramLabel = "FILE",
        description = "Save the episode there as a GIF instead of showing it.")
    @Nullable Path gif;

    @Option(
        names = "--force",
        arity = "0..1",
        fallbackValue = "true",
        description = "Overwrite a file that is there.")
    boolean force;
  }

  PlayCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  PlayConfig config() {
    python.apply();
    InvalidOption.unlessWithin("--episodes", game.episodes, 1, MOST_EPISODES);
    InvalidOption.unlessWithin("--seed", game.seed, 0, Long.MAX_VALUE - MOST_EPISODES);
    InvalidOption.unlessWithin("--fps", pictures.framesPerSecond, 1, MOST_PICTURES_PER_SECOND);
    if (pictures.gif != null && game.episodes > 1) {
      throw new InvalidOption("--gif", pictures.gif, "left out with more than one of --episodes");
    }
    EnvironmentChoice environment =
        new EnvironmentChoice(Optional.ofNullable(game.environment), game.environmentOptions);
    PolicyChoice player = policy.choice(environment.id().orElse(TaskOptions.DEFAULT_ENVIRONMENT));
    return new PlayConfig(
        place(),
        environment,
        player,
        game.episodes,
        game.seed,
        pictures.framesPerSecond,
        Optional.ofNullable(pictures.gif),
        pictures.force);
  }

  @Override
  int run(PlayConfig config, Tool tool) throws Exception {
    return Play.run(config, tool, Terminal.detect(shell().variables()));
  }
}
