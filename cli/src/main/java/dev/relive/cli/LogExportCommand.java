package dev.relive.cli;

import com.google.gson.GsonBuilder;
import dev.relive.cli.display.Numbers;
import dev.relive.log.Run;
import dev.relive.log.RunExport;
import dev.relive.log.RunExport.Exported;
import dev.relive.log.RunReports;
import dev.relive.log.wire.Progress;
import dev.relive.service.UserException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A run of a log as a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Write a run to a file: what it is, its experience, snapshots and checkpoint.",
    description = {
      "",
      "The file holds the run's records as they stand in the log, so that another log can take them"
          + " with `relive log import`. Files written one after the other into one are imported"
          + " together.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:written",
      "  1:there is no such run, or it cannot be read or written, and why",
      "  2:the command line or a RELIVE_ variable is wrong",
    },
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive log export --run first",
      "  relive log export --run first --output /backup/first.relive",
    })
final class LogExportCommand extends ToolCommand<LogExportConfig> {

  private static final int BUFFER = 1 << 20;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "ID|LABEL",
      description = "The run to write.")
  private String run = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write, which must not be there yet.")
  @UsualValue("the run's id and .relive")
  private @Nullable Path output;

  LogExportCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  LogExportConfig config() {
    return new LogExportConfig(place(), run, Optional.ofNullable(output));
  }

  @Override
  int run(LogExportConfig config, Tool tool) throws IOException {
    Run found = RunReports.choose(new RunReports(tool.connection()).read(), config.run()).run();
    Path file = config.output().orElseGet(() -> Path.of(found.id() + ".relive"));
    RunExport export =
        new RunExport(
            tool.connection(),
            (done, total) -> tool.progress().show("exporting", done, total, "records"));
    Exported exported = write(export, found, file);
    tool.progress().clear();
    tool.out().print(tool.asJson() ? json(exported, file) : text(exported, file));
    return ExitCode.SUCCESS;
  }

  /** A file that is there under its name is whole. */
  private static Exported write(RunExport export, Run run, Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.exists(file) || directory == null || !Files.isWritable(directory)) {
      throw new InvalidOption(
          "--output", file, "a file that is not there yet, in a directory that can be written to");
    }
    Path unfinished = directory.resolve(file.getFileName() + ".part");
    try {
      Exported exported;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER)) {
        exported = export.write(run, out);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return exported;
    } catch (IOException e) {
      throw new UserException(
          "The file %s cannot be written: %s.".formatted(file, e.getMessage()), e);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static String text(Exported exported, Path file) throws IOException {
    String learner =
        exported
            .progress()
            .map(LogExportCommand::standing)
            .orElse("nothing that a learner could go on from");
    String leftOut =
        exported.leftOut() == 0
            ? ""
            : "%s records of the run that nobody can use were left out.\n"
                .formatted(Numbers.count(exported.leftOut()));
    return """
    Run %s is in %s (%s): %s segments, %s snapshots, %s evaluations, %s.
    %s\
    """
        .formatted(
            exported.spec().getRun(),
            file,
            Numbers.bytes(Files.size(file)),
            Numbers.count(exported.segments()),
            Numbers.count(exported.snapshots()),
            Numbers.count(exported.evaluations()),
            learner,
            leftOut);
  }

  private static String standing(Progress progress) {
    return "its learner at step %s, checkpoint %d"
        .formatted(Numbers.count(progress.getRunSteps()), progress.getCheckpointOrdinal());
  }

  private static String json(Exported exported, Path file) throws IOException {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("run", exported.spec().getRun());
    json.put("file", file.toString());
    json.put("bytes", Files.size(file));
    json.put("segments", exported.segments());
    json.put("snapshots", exported.snapshots());
    json.put("evaluations", exported.evaluations());
    json.put("steps", exported.progress().map(Progress::getRunSteps).orElse(null));
    json.put("checkpoint", exported.progress().map(Progress::getCheckpointOrdinal).orElse(null));
    json.put("leftOut", exported.leftOut());
    return new GsonBuilder().serializeNulls().setPrettyPrinting().create().toJson(json) + "\n";
  }
}
