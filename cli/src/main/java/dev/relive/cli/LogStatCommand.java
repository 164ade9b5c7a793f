package dev.relive.cli;

import dev.relive.log.LogAdmin;
import dev.relive.log.Run;
import dev.relive.log.RunReports;
import dev.relive.log.StreamStatistics;
import dev.relive.log.TopicReports;
import dev.relive.log.TopicReports.TopicReport;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts what is in a log's experience. */
@Command(
    name = "stat",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header =
        "Count what is in the experience: segments, steps, episodes, returns, policy versions.",
    description = {"", "Reads every segment, run by run and actor by actor."},
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:counted",
      "  1:there is no such stream or run, or the log cannot be read",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class LogStatCommand extends ToolCommand<LogStatConfig> {

  @Parameters(
      arity = "0..1",
      paramLabel = "STREAM",
      description = "The only stream to count; all unless stated.")
  private @Nullable String stream;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The only run to count, by its id or label; all unless stated.")
  private @Nullable String run;

  LogStatCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  LogStatConfig config() {
    return new LogStatConfig(place(), Optional.ofNullable(stream), Optional.ofNullable(run));
  }

  @Override
  int run(LogStatConfig config, Tool tool) {
    Optional<Run> chosen =
        config
            .run()
            .map(name -> RunReports.choose(new RunReports(tool.connection()).read(), name).run());
    Optional<String> named = config.stream().or(() -> chosen.map(each -> each.spec().getStream()));
    Map<String, StreamStatistics> statistics = new LinkedHashMap<>();
    for (TopicReport each : streams(config, tool, named)) {
      long records = each.partitions().stream().mapToLong(p -> p.end() - p.begin()).sum();
      statistics.put(
          each.stream().orElseThrow(),
          StreamStatistics.of(
              tool.connection(),
              each,
              chosen.map(Run::id).orElse(null),
              done -> tool.progress().show("reading " + each.name(), done, records, "segments")));
    }
    tool.progress().clear();
    StatisticsText text = new StatisticsText(statistics);
    tool.out().print(tool.asJson() ? text.json() : text.text());
    return ExitCode.SUCCESS;
  }

  private static List<TopicReport> streams(
      LogStatConfig config, Tool tool, Optional<String> named) {
    try (LogAdmin admin = LogAdmin.open(tool.connection(), config.log().brokerTimeout())) {
      return TopicReports.streams(new TopicReports(admin).read(), named);
    }
  }
}
