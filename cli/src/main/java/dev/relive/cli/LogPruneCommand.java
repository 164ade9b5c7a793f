package dev.relive.cli;

import dev.relive.learner.ResumableRuns;
import dev.relive.log.ExperiencePruning;
import dev.relive.log.ExperiencePruning.Limit;
import dev.relive.log.ExperiencePruning.Plan;
import dev.relive.log.LogAdmin;
import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.TopicReports;
import dev.relive.log.TopicReports.Kind;
import dev.relive.log.TopicReports.TopicReport;
import dev.relive.service.UserException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes experience that nobody needs. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Delete the oldest experience of a stream, as far as no run needs it.",
    description = {
      "",
      "Every run that can be gone on with keeps what its checkpoint's replay needs, and every run"
          + " that reads another's experience what it reads. What is deleted is gone: export it"
          + " before. Kafka gives the disk back file by file, within minutes.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:deleted, or told what would be, or there was nothing to delete",
      "  1:the log cannot be read or pruned, and why",
      "  2:neither --yes nor --dry-run is given, or the command line is wrong",
    },
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive log prune --dry-run",
      "  relive log prune --before 2026-11-20 --yes",
      "  relive log prune --run first --yes          as far as the experience of that run goes",
    })
final class LogPruneCommand extends ToolCommand<LogPruneConfig> {

  @Option(names = "--stream", paramLabel = "NAME", description = "Whose experience to delete.")
  @UsualValue("that of --run, or the only one")
  private @Nullable String stream;

  @Option(
      names = "--run",
      paramLabel = "ID|LABEL",
      description = "Delete no further than the experience that this run's learner has read.")
  private @Nullable String run;

  @Option(
      names = "--before",
      paramLabel = "TIME|OFFSET",
      converter = PruneLimit.Converter.class,
      description = "Delete no further than this day, time or offset.")
  private PruneLimit before = PruneLimit.NONE;

  @Option(
      names = "--dry-run",
      arity = "0..1",
      fallbackValue = "true",
      description = "Say what would be deleted, and delete nothing.")
  private boolean dryRun;

  @Option(
      names = "--yes",
      arity = "0..1",
      fallbackValue = "true",
      description = "Delete. There is no way back.")
  private boolean yes;

  LogPruneCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  LogPruneConfig config() {
    if (run != null && !before.equals(PruneLimit.NONE)) {
      throw new InvalidOption("--before", before, "left out with --run");
    }
    if (run != null && stream != null) {
      throw new InvalidOption("--stream", stream, "left out with --run, which has a stream");
    }
    return new LogPruneConfig(
        place(), Optional.ofNullable(stream), Optional.ofNullable(run), before, dryRun, yes);
  }

  @Override
  int run(LogPruneConfig config, Tool tool) {
    List<RunReport> runs = new RunReports(tool.connection()).read();
    Optional<RunReport> only = config.run().map(name -> RunReports.choose(runs, name));
    try (LogAdmin admin = LogAdmin.open(tool.connection(), config.log().brokerTimeout())) {
      ExperiencePruning pruning =
          new ExperiencePruning(
              admin, (done, total) -> tool.progress().show("reading", done, total, "records"));
      String of =
          config.stream()
              .or(() -> only.map(report -> report.run().spec().getStream()))
              .orElseGet(() -> onlyStream(admin));
      Limit limit = only.<Limit>map(Limit.Run::new).orElse(config.before().limit());
      List<Plan> plans = pruning.plan(of, limit, runs, ResumableRuns::contains);
      tool.progress().clear();
      boolean deletes = config.yes() && !config.dryRun();
      if (deletes) {
        plans.stream().filter(PrunePlans::deletesSomething).forEach(pruning::delete);
      }
      PrunePlans printed = new PrunePlans(of, plans, deletes);
      tool.out().print(tool.asJson() ? printed.json() : printed.text());
      return exitCode(config, plans);
    }
  }

  private int exitCode(LogPruneConfig config, List<Plan> plans) {
    if (config.yes() || config.dryRun() || plans.stream().noneMatch(PrunePlans::deletesSomething)) {
      return ExitCode.SUCCESS;
    }
    shell().err().println("Nothing was deleted; --yes deletes this, and --dry-run only tells it.");
    return ExitCode.USAGE;
  }

  private static String onlyStream(LogAdmin admin) {
    List<String> streams =
        new TopicReports(admin)
            .read().stream()
                .filter(topic -> topic.kind() == Kind.EXPERIENCE)
                .map(TopicReport::stream)
                .flatMap(Optional::stream)
                .toList();
    if (streams.isEmpty()) {
      throw new UserException("The log holds no experience.");
    }
    if (streams.size() > 1) {
      throw new UserException(
          "The log holds the experience of several streams, so --stream or --run must name one: %s."
              .formatted(String.join(", ", streams)),
          ExitCode.USAGE,
          null);
    }
    return streams.get(0);
  }
}
