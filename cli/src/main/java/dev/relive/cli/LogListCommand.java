package dev.relive.cli;

import dev.relive.log.LogAdmin;
import dev.relive.log.Run;
import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.TopicReports;
import dev.relive.log.TopicReports.TopicReport;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;

/** The topics of a log in a table. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "List the topics of the log: offsets, sizes, times, retention, and the runs in them.",
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:listed, should there be any",
      "  1:the log cannot be read, and why",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class LogListCommand extends ToolCommand<ToolConfig.Log> {

  LogListCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  ToolConfig.Log config() {
    return new ToolConfig.Log(place());
  }

  @Override
  int run(ToolConfig.Log config, Tool tool) {
    List<TopicReport> topics;
    try (LogAdmin admin = LogAdmin.open(tool.connection(), config.log().brokerTimeout())) {
      topics = new TopicReports(admin).read();
    }
    List<Run> runs = new RunReports(tool.connection()).read().stream().map(RunReport::run).toList();
    LogListing listing = new LogListing(topics, runs);
    tool.out().print(tool.asJson() ? listing.json() : listing.text());
    return ExitCode.SUCCESS;
  }
}
