package dev.relive.cli;

import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** All that a log tells of one run. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Show all that the log tells of a run: settings, positions, evaluations, its end.",
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:shown",
      "  1:there is no such run, or the log cannot be read",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class RunsShowCommand extends RunsLookCommand {

  @Parameters(
      arity = "1",
      paramLabel = "RUN",
      description = "The run's id, or its label where only one has it.")
  private String run = "";

  RunsShowCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  void print(List<RunReport> runs, Tool tool) {
    RunReport found = RunReports.choose(runs, run);
    tool.out()
        .print(tool.asJson() ? RunJson.one(found) : RunDetails.text(found, tool.clock().instant()));
  }
}
