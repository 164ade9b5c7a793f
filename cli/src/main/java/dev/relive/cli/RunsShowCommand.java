package dev.relive.cli;

import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.ArgGroup;
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
      "  1:there is no such run, the log cannot be read, or a file cannot be written",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class RunsShowCommand extends RunsLookCommand<CurveConfig> {

  @Parameters(
      arity = "1",
      paramLabel = "RUN",
      description = "The run's id, or its label where only one has it.")
  private String run = "";

  @ArgGroup(validate = false, order = 1, heading = "%n@|bold Reward curve|@%n")
  private final CurveOptions curve = new CurveOptions();

  RunsShowCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  CurveConfig config() {
    return curve.config(place());
  }

  @Override
  List<RunReport> choose(RunReports reports) {
    return reports.read(List.of(run));
  }

  @Override
  void print(CurveConfig config, List<RunReport> runs, Tool tool) {
    RunReport found = runs.get(0);
    CurveFiles files = new CurveFiles(config, runs);
    files.requireWritable();
    if (tool.asJson()) {
      tool.out().print(RunJson.one(found));
    } else {
      tool.out().print(RunDetails.text(found, tool.clock().instant()));
      tool.out().print("\nReward curve\n" + files.picture(shell().variables()));
    }
    files.write(shell().err());
  }
}
