package dev.relive.cli;

import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Snapshots as files of their own. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Write snapshots to safetensors files, which Python opens.",
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:exported",
      "  1:there is no such snapshot, its weights are damaged, or the file cannot be written",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class SnapshotsExportCommand extends ToolCommand<SnapshotsExportCommand.Config> {

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The run's id, or its label where only one has it; else the only one.")
  @UsualValue("the only one")
  private @Nullable String run;

  @Option(
      names = "--snapshot",
      paramLabel = "VERSION",
      description = "A version's number, best, last, final or all.")
  private String snapshot = SnapshotChoice.BEST;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file, or the directory for files with names of their own.")
  private String output = ".";

  @Option(
      names = "--force",
      arity = "0..1",
      fallbackValue = "true",
      description = "Overwrite files that are there.")
  private boolean force;

  /**
   * What it is told.
   *
   * @param run by id or label; empty for the only one
   * @param output a file, or a directory if it is one or ends with a slash
   */
  record Config(
      LogPlace log, Optional<String> run, SnapshotChoice snapshot, String output, boolean force)
      implements ToolConfig {}

  SnapshotsExportCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  Config config() {
    return new Config(
        place(), Optional.ofNullable(run), new SnapshotChoice(snapshot), output, force);
  }

  @Override
  int run(Config config, Tool tool) {
    SnapshotList list = new SnapshotList(tool);
    String id = config.run().map(list::find).orElseGet(list::onlyRun);
    new SnapshotExport(config, list, tool).of(id);
    return ExitCode.SUCCESS;
  }
}
