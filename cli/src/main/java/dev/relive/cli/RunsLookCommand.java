package dev.relive.cli;

import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import java.time.Clock;
import java.util.List;

/**
 * A command that prints what the log tells of its runs.
 *
 * @param <C> what it is told
 */
abstract class RunsLookCommand<C extends ToolConfig> extends ToolCommand<C> {

  RunsLookCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  /** The runs to look at. */
  abstract List<RunReport> choose(RunReports reports);

  /** Prints what there is to say of them. */
  abstract void print(C config, List<RunReport> runs, Tool tool);

  @Override
  final int run(C config, Tool tool) {
    RunReports reports = new RunReports(tool.connection());
    print(config, choose(reports), tool);
    long rejected = reports.rejected().total();
    if (rejected > 0) {
      shell().err().println(rejected + " records of the log could not be used.");
    }
    return ExitCode.SUCCESS;
  }
}
