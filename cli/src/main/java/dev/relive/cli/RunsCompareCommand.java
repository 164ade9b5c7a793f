package dev.relive.cli;

import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.ArgGroup;
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
      "  1:there is no such run, the log cannot be read, or a file cannot be written",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class RunsCompareCommand extends RunsLookCommand<CurveConfig> {

  @Parameters(
      arity = "2..*",
      paramLabel = "RUN",
      description = "The runs' ids, or their labels where only one has it.")
  private List<String> names = List.of();

  @ArgGroup(validate = false, order = 1, heading = "%n@|bold Reward curve|@%n")
  private final CurveOptions curve = new CurveOptions();

  RunsCompareCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  CurveConfig config() {
    return curve.config(place());
  }

  @Override
  List<RunReport> choose(RunReports reports) {
    return reports.read(names);
  }

  @Override
  void print(CurveConfig config, List<RunReport> runs, Tool tool) {
    RunComparison comparison = new RunComparison(runs);
    CurveFiles files = new CurveFiles(config, runs);
    files.requireWritable();
    if (tool.asJson()) {
      tool.out().print(Json.text(comparison.json()));
    } else {
      tool.out().print(comparison.text());
      tool.out().print("\nReward curves\n" + files.picture(shell().variables()));
    }
    files.write(shell().err());
  }
}
