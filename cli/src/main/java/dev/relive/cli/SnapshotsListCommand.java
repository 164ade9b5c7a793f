package dev.relive.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** All snapshots of a log or a run in a table. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "List the weights that a log keeps, with what evaluators found of them.",
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:listed, should there be any",
      "  1:there is no such run, or the log cannot be read",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class SnapshotsListCommand extends ToolCommand<SnapshotsListCommand.Config> {

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The run's id, or its label where only one has it; else those of all runs.")
  @UsualValue("all runs")
  private @Nullable String run;

  /**
   * What it is told.
   *
   * @param run by id or label; empty for all
   */
  record Config(LogPlace log, Optional<String> run) implements ToolConfig {}

  SnapshotsListCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  Config config() {
    return new Config(place(), Optional.ofNullable(run));
  }

  @Override
  int run(Config config, Tool tool) {
    SnapshotList list = new SnapshotList(tool);
    List<SnapshotSummary> found = list.all(config.run().map(list::find).orElse(null));
    if (tool.asJson()) {
      tool.out().print(Json.text(found.stream().map(SnapshotSummary::json).toList()));
    } else if (found.isEmpty()) {
      tool.out().println("The log holds no such snapshots.");
    } else {
      tool.out().print(SnapshotSummary.table(found));
    }
    if (list.unusable() > 0) {
      shell().err().println(list.unusable() + " records of the log could not be used.");
    }
    return ExitCode.SUCCESS;
  }
}
