package dev.relive.cli;

import dev.relive.agents.SnapshotFile;
import dev.relive.cli.display.Numbers;
import dev.relive.log.wire.Snapshot;
import dev.relive.service.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes snapshots out of a log. A file is there whole or not at all. */
final class SnapshotExport {

  private final SnapshotsExportCommand.Config config;
  private final SnapshotList list;
  private final Tool tool;

  SnapshotExport(SnapshotsExportCommand.Config config, SnapshotList list, Tool tool) {
    this.config = config;
    this.list = list;
    this.tool = tool;
  }

  /**
   * Writes those snapshots of a run that are meant, and says so.
   *
   * @throws UserException if there are none, a file is there already or cannot be written, or
   *     weights are damaged
   */
  void of(String run) {
    Map<Long, Path> files = new TreeMap<>();
    for (SnapshotSummary meant : config.snapshot().among(run, list.all(run))) {
      files.put(meant.version(), file(meant));
    }
    files.values().forEach(file -> whole(file).requireWritable());
    List<Map<String, @Nullable Object>> written = new ArrayList<>();
    list.forEach(
        run,
        snapshot -> {
          Path file = files.get(snapshot.getVersion());
          if (file != null) {
            write(snapshot, file);
            SnapshotSummary summary = list.summary(snapshot);
            report(summary, file);
            Map<String, @Nullable Object> json = summary.json();
            json.put("file", file.toString());
            written.add(json);
          }
        });
    if (tool.asJson()) {
      tool.out().print(Json.text(written));
    }
  }

  private Path file(SnapshotSummary snapshot) {
    Path output = Path.of(config.output());
    boolean isDirectory =
        config.snapshot().isAll() || Files.isDirectory(output) || config.output().endsWith("/");
    if (!isDirectory) {
      return output;
    }
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new UserException("%s is a file, and must be a directory.".formatted(output));
    }
    String run = snapshot.run().replaceAll("[^A-Za-z0-9._-]", "_");
    return output.resolve("%s-v%d.safetensors".formatted(run, snapshot.version()));
  }

  private void write(Snapshot snapshot, Path file) {
    byte[] bytes = encode(snapshot);
    whole(file)
        .write(
            part -> {
              Files.write(part, bytes);
              return true;
            });
  }

  private WholeFile whole(Path file) {
    return new WholeFile(file, config.force());
  }

  private static byte[] encode(Snapshot snapshot) {
    try {
      return SnapshotFile.encode(snapshot);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "Version %d of run %s cannot be exported: %s"
              .formatted(snapshot.getVersion(), snapshot.getRun(), e.getMessage()),
          ExitCode.FAILURE,
          e);
    }
  }

  private void report(SnapshotSummary snapshot, Path file) {
    if (!tool.asJson()) {
      tool.out()
          .println(
              "%s: version %d of step %s of run %s, mean return %s"
                  .formatted(
                      file,
                      snapshot.version(),
                      Numbers.count(snapshot.steps()),
                      snapshot.run(),
                      snapshot.evaluated() == null
                          ? "unknown"
                          : Numbers.mean(snapshot.evaluated().mean())));
    }
  }
}
