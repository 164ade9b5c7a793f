package dev.relive.cli;

import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Put runs side by side: what differs between them, and how they went.",
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:compared",
      "  1:there is no such run, or the log cannot be read",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class RunsCompareCommand extends RunsLookCommand {

  @Parameters(
      arity = "2..*",
      paramLabel = "RUN",
      description = "The runs' ids, or their labels where only one has it.")
  private List<String> names = List.of();

  RunsCompareCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  void print(List<RunReport> runs, Tool tool) {
    List<RunReport> chosen = names.stream().map(name -> RunReports.choose(runs, name)).toList();
    RunComparison comparison = new RunComparison(chosen);
    tool.out().print(tool.asJson() ? Json.text(comparison.json()) : comparison.text());
  }
}
