package dev.relive.cli;

import com.google.gson.GsonBuilder;
import dev.relive.cli.display.Numbers;
import dev.relive.log.RunImport;
import dev.relive.log.RunImport.Imported;
import dev.relive.service.UserException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The runs of a file as runs of a log. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Add the runs of a file that `relive log export` wrote to the log.",
    description = {
      "",
      "Looks at the whole file first. What the log holds of a run already stays, so an import that"
          + " was broken off goes on where it was. An imported run is stopped; `relive learn --run`"
          + " goes on with it.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:all of it is in the log",
      "  1:something is wrong with the file, or a run cannot be added, and why",
      "  2:the command line or a RELIVE_ variable is wrong",
    },
    footerHeading = "%n@|bold Example|@%n",
    footer = {
      "  relive log import first.relive --bootstrap-servers kafka:9092",
    })
final class LogImportCommand extends ToolCommand<LogImportConfig> {

  private static final int BUFFER = 1 << 20;

  @Parameters(
      arity = "1",
      paramLabel = "FILE",
      description = "The file, or several of them written into one.")
  private Path file = Path.of("");

  LogImportCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  LogImportConfig config() {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new InvalidOption("FILE", file, "a file that can be read");
    }
    return new LogImportConfig(place(), file);
  }

  @Override
  int run(LogImportConfig config, Tool tool) {
    Path source = config.file();
    List<Imported> runs = new ArrayList<>();
    try {
      long size = Files.size(source);
      RunImport checking =
          new RunImport(
              tool.connection(),
              tool.clock(),
              (done, total) -> tool.progress().show("checking", done, total, "bytes"));
      try (InputStream in = open(source)) {
        var unused = checking.check(source.toString(), in, size);
      }
      RunImport adding =
          new RunImport(
              tool.connection(),
              tool.clock(),
              (done, total) -> tool.progress().show("importing", done, total, "bytes"));
      try (InputStream in = open(source)) {
        adding.add(source.toString(), in, size, runs::add);
      }
    } catch (IOException e) {
      throw new UserException(
          "The file %s cannot be read: %s.".formatted(source, e.getMessage()), e);
    } finally {
      tool.progress().clear();
      if (!tool.asJson()) {
        runs.forEach(run -> tool.out().print(text(run)));
      }
    }
    if (tool.asJson()) {
      tool.out().print(json(runs));
    }
    return ExitCode.SUCCESS;
  }

  private static InputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), BUFFER);
  }

  private static String text(Imported run) {
    if (run.addedNothing()) {
      return "Run %s was in the log already: nothing was added.\n".formatted(run.run());
    }
    String goesOn =
        run.resumable() ? "  relive learn --run %s   goes on with it\n".formatted(run.run()) : "";
    return """
    Run %s is in the log: added %s of %s segments, %s of %s snapshots, %s of %s evaluations.
    %s\
    """
        .formatted(
            run.run(),
            Numbers.count(run.addedSegments()),
            Numbers.count(run.segments()),
            Numbers.count(run.addedSnapshots()),
            Numbers.count(run.snapshots()),
            Numbers.count(run.addedEvaluations()),
            Numbers.count(run.evaluations()),
            goesOn);
  }

  private static String json(List<Imported> runs) {
    List<Map<String, Object>> json = new ArrayList<>();
    for (Imported run : runs) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("run", run.run());
      one.put("segments", run.segments());
      one.put("addedSegments", run.addedSegments());
      one.put("snapshots", run.snapshots());
      one.put("addedSnapshots", run.addedSnapshots());
      one.put("evaluations", run.evaluations());
      one.put("addedEvaluations", run.addedEvaluations());
      json.add(one);
    }
    return new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n";
  }
}
