package dev.relive.cli;

import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import java.time.Clock;
import java.util.List;

/** A command that prints what the log tells of its runs. */
abstract class RunsLookCommand extends ToolCommand<ToolConfig.Log> {

  RunsLookCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  /** Prints what there is to say of a log's runs. */
  abstract void print(List<RunReport> runs, Tool tool);

  @Override
  final ToolConfig.Log config() {
    return new ToolConfig.Log(place());
  }

  @Override
  final int run(ToolConfig.Log config, Tool tool) {
    RunReports reports = new RunReports(tool.connection());
    print(reports.read(), tool);
    long rejected = reports.rejected().total();
    if (rejected > 0) {
      shell().err().println(rejected + " records of the log could not be used.");
    }
    return ExitCode.SUCCESS;
  }
}
