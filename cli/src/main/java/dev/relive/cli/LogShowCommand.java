package dev.relive.cli;

import dev.relive.log.ExperienceReader;
import dev.relive.log.LastSegments;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogException;
import dev.relive.log.ReadRequest;
import dev.relive.log.ReadRequest.Slice;
import dev.relive.log.RejectedRecords;
import dev.relive.log.Run;
import dev.relive.log.RunReports;
import dev.relive.log.StartAt;
import dev.relive.log.Topic;
import dev.relive.log.TopicReports;
import dev.relive.log.TopicReports.PartitionReport;
import dev.relive.log.TopicReports.TopicReport;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints segments as they stand in the log. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Show segments as they stand in the log.",
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:shown, should there be any",
      "  1:there is no such stream, run or offset, or the log cannot be read",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class LogShowCommand extends ToolCommand<LogShowConfig> {

  private static final String BEGINNING = "beginning";

  @Parameters(
      arity = "0..1",
      paramLabel = "STREAM",
      description = "The stream to show; the run's, or the only one, unless stated.")
  private @Nullable String stream;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The only run to show, by its id or label; all unless stated.")
  private @Nullable String run;

  @Option(
      names = "--partition",
      paramLabel = "NUMBER",
      description = "The only partition to show; all unless stated.")
  private @Nullable Integer partition;

  @Option(
      names = "--from",
      paramLabel = "OFFSET|TIME",
      description =
          "Where to begin: an offset, a time in UTC such as 2026-11-20T19:34:48Z, or beginning.")
  private String from = BEGINNING;

  @Option(
      names = "--last",
      paramLabel = "NUMBER",
      description = "Show the last ones of each partition instead.")
  private @Nullable Integer last;

  @Option(names = "--limit", paramLabel = "NUMBER", description = "How many to show at most.")
  private int limit = 20;

  @Option(
      names = "--values",
      arity = "0..1",
      fallbackValue = "true",
      description = "Show observations, actions, rewards and probabilities as well.")
  private boolean values;

  LogShowCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  LogShowConfig config() {
    return new LogShowConfig(
        place(),
        Optional.ofNullable(stream),
        Optional.ofNullable(run),
        atLeast("--partition", partition, 0),
        start(from),
        atLeast("--last", last, 1),
        atLeast("--limit", limit, 1).orElseThrow(),
        values);
  }

  private static OptionalInt atLeast(String option, @Nullable Integer value, int minimum) {
    if (value == null) {
      return OptionalInt.empty();
    }
    InvalidOption.unlessWithin(option, value, minimum, Integer.MAX_VALUE);
    return OptionalInt.of(value);
  }

  private static StartAt start(String from) {
    if (from.equals(BEGINNING)) {
      return new StartAt.Beginning();
    }
    if (from.matches("[0-9]{1,18}")) {
      return new StartAt.Offset(Long.parseLong(from));
    }
    try {
      return new StartAt.Time(Instant.parse(from));
    } catch (DateTimeParseException e) {
      throw new InvalidOption(
          "--from", from, "an offset, a time such as 2026-11-20T19:34:48Z, or beginning");
    }
  }

  @Override
  int run(LogShowConfig config, Tool tool) {
    Optional<Run> chosen =
        config
            .run()
            .map(name -> RunReports.choose(new RunReports(tool.connection()).read(), name).run());
    TopicReport report =
        stream(config, tool, config.stream().or(() -> chosen.map(each -> each.spec().getStream())));
    Topic topic = tool.connection().topics().experience(report.stream().orElseThrow());
    String onlyRun = chosen.map(Run::id).orElse(null);
    List<Slice> slices = new ArrayList<>();
    for (PartitionReport each : partitions(config, report)) {
      StartAt start =
          config.last().isEmpty()
              ? config.from()
              : new StartAt.Offset(
                  LastSegments.start(
                      tool.connection(), topic, each, onlyRun, config.last().getAsInt()));
      slices.add(new Slice(each.partition(), start, each.end()));
    }
    SegmentPrinter printer =
        tool.asJson()
            ? new SegmentJson(tool.out(), config.values())
            : new SegmentText(tool.out(), config.values());
    new ExperienceReader(tool.connection(), RejectedRecords.LEFT)
        .records(new ReadRequest(topic, slices, onlyRun, false, 0, ReadRequest.ALL, null))
        .take(config.last().isEmpty() ? config.limit() : Long.MAX_VALUE)
        .doOnNext(printer::print)
        .then()
        .block();
    return ExitCode.SUCCESS;
  }

  private static TopicReport stream(LogShowConfig config, Tool tool, Optional<String> named) {
    try (LogAdmin admin = LogAdmin.open(tool.connection(), config.log().brokerTimeout())) {
      List<TopicReport> streams = TopicReports.streams(new TopicReports(admin).read(), named);
      if (streams.size() != 1) {
        throw new LogException(
            streams.isEmpty()
                ? "The log holds no experience."
                : "The log holds several streams, so name one: %s."
                    .formatted(
                        String.join(
                            ", ", streams.stream().map(s -> s.stream().orElseThrow()).toList())));
      }
      return streams.get(0);
    }
  }

  private static List<PartitionReport> partitions(LogShowConfig config, TopicReport report) {
    List<PartitionReport> wanted =
        report.partitions().stream()
            .filter(
                each ->
                    config.partition().isEmpty()
                        || each.partition() == config.partition().getAsInt())
            .toList();
    if (wanted.isEmpty()) {
      throw new LogException(
          "Topic %s has no partition %d: it has %d, counted from 0."
              .formatted(report.name(), config.partition().orElse(0), report.partitions().size()));
    }
    if (wanted.size() > 1 && config.from() instanceof StartAt.Offset) {
      throw new LogException(
          "Topic %s has %d partitions, so an offset needs --partition."
              .formatted(report.name(), wanted.size()));
    }
    return wanted;
  }
}
