package dev.relive.cli;

import dev.relive.log.LogAdmin;
import dev.relive.log.Run;
import dev.relive.log.RunDeletion;
import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a run out of the registry. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Delete a run: what it is, where it stands, its policy and checkpoint.",
    description = {
      "",
      "Its experience stays until `relive log prune` or the stream's retention deletes it; its"
          + " snapshots and evaluations stay in topics that keep everything. `relive log export`"
          + " keeps all of it in a file.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:deleted",
      "  1:there is no such run, somebody works with it, or the log cannot be written",
      "  2:--yes is not given, or the command line is wrong",
    },
    footerHeading = "%n@|bold Example|@%n",
    footer = {
      "  relive runs delete first --yes",
    })
final class RunsDeleteCommand extends ToolCommand<RunsDeleteConfig> {

  @Parameters(
      arity = "1",
      paramLabel = "RUN",
      description = "The run's id, or its label where only one has it.")
  private String run = "";

  @Option(
      names = "--yes",
      arity = "0..1",
      fallbackValue = "true",
      description = "Delete. There is no way back.")
  private boolean yes;

  RunsDeleteCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  RunsDeleteConfig config() {
    return new RunsDeleteConfig(place(), run, yes);
  }

  @Override
  int run(RunsDeleteConfig config, Tool tool) {
    List<RunReport> reports = new RunReports(tool.connection()).read();
    Run found = RunReports.choose(reports, config.run()).run();
    try (LogAdmin admin = LogAdmin.open(tool.connection(), config.log().brokerTimeout())) {
      RunDeletion deletion = new RunDeletion(admin);
      deletion.check(found, reports.stream().map(RunReport::run).toList());
      if (!config.yes()) {
        shell()
            .err()
            .println("Run %s was not deleted; --yes deletes it for ever.".formatted(found));
        return ExitCode.USAGE;
      }
      int keys = deletion.delete(found);
      tool.out().print(tool.asJson() ? json(found, keys) : text(found));
    }
    return ExitCode.SUCCESS;
  }

  private static String text(Run run) {
    return """
    Run %s is deleted: nobody can find it or go on with it.
    Its snapshots and evaluations stay in topics that keep everything, its experience in stream %s
    until `relive log prune` or the stream's retention deletes it.
    """
        .formatted(run, run.spec().getStream());
  }

  private static String json(Run run, int keys) {
    return "{\"run\": \"%s\", \"deletedKeys\": %d}%n".formatted(run.id(), keys);
  }
}
