package dev.relive.cli;

import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;

/** All runs of a log in a table. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "List all runs, the newest last.",
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:listed, should there be any",
      "  1:the log cannot be read, and why",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class RunsListCommand extends RunsLookCommand<ToolConfig.Log> {

  RunsListCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  ToolConfig.Log config() {
    return new ToolConfig.Log(place());
  }

  @Override
  List<RunReport> choose(RunReports reports) {
    return reports.read();
  }

  @Override
  void print(ToolConfig.Log config, List<RunReport> runs, Tool tool) {
    if (tool.asJson()) {
      tool.out().print(RunJson.list(runs));
    } else if (runs.isEmpty()) {
      tool.out().println("The log holds no runs.");
    } else {
      tool.out().print(RunSummary.table(runs, tool.clock().instant()));
    }
  }
}
