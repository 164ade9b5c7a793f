package dev.relive.cli;

import dev.relive.learner.Reproduction;
import dev.relive.learner.RunReproduction;
import dev.relive.log.Run;
import dev.relive.log.RunReports;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Derives a run's weights again from its log, and compares them with its snapshots. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Learn a run again from its log alone, and compare the weights with its snapshots.",
    description = {
      "",
      "What a run learned follows from its settings, its seed and the experience in its log, to"
          + " the last bit where program, libraries and processor are the same. This reads the"
          + " experience, learns from it as the run's learners did, and compares every snapshot."
          + " Nothing is written to the log. A run that goes on is derived up to its newest"
          + " snapshot.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:every snapshot is the same",
      "  1:the run cannot be reproduced, and why",
      "  2:the command line or a RELIVE_ variable is wrong",
      "  4:a snapshot is not what the log leads to",
    },
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive runs reproduce first",
      "  relive runs reproduce first --json",
    })
final class RunsReproduceCommand extends ToolCommand<ReproduceConfig> {

  @Parameters(
      arity = "1",
      paramLabel = "RUN",
      description = "The run's id, or its label where only one has it.")
  private String run = "";

  @Option(
      names = "--anyway",
      arity = "0..1",
      fallbackValue = "true",
      description =
          "Derive a run although it was learned by another program, library or processor, so that"
              + " the last bits may differ.")
  private boolean anyway;

  RunsReproduceCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  ReproduceConfig config() {
    return new ReproduceConfig(place(), run, anyway);
  }

  @Override
  int run(ReproduceConfig config, Tool tool) throws InterruptedException {
    Run found = RunReports.choose(new RunReports(tool.connection()).read(), config.run()).run();
    long start = System.nanoTime();
    Reproduction reproduction =
        new RunReproduction(
                tool.connection(),
                Versions.byName(),
                (done, total) -> tool.progress().show("deriving", done, total, "steps"))
            .reproduce(found, config.anyway());
    tool.progress().clear();
    tool.out()
        .print(
            tool.asJson()
                ? ReproductionReport.json(reproduction)
                : ReproductionReport.text(
                    found, reproduction, Duration.ofNanos(System.nanoTime() - start)));
    return reproduction.isSame() ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED;
  }
}
