package dev.relive.cli;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.relive.agents.SnapshotFile;
import dev.relive.cli.display.Numbers;
import dev.relive.log.wire.Snapshot;
import dev.relive.service.UserException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
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
    if (!config.force()) {
      files.values().forEach(SnapshotExport::requireNew);
    }
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

  private static void requireNew(Path file) {
    if (Files.exists(file)) {
      throw exists(file);
    }
  }

  private static UserException exists(Path file) {
    return new UserException("%s is there already; --force overwrites it.".formatted(file));
  }

  private void write(Snapshot snapshot, Path file) {
    byte[] bytes = encode(snapshot);
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.write(part, bytes);
      if (config.force()) {
        Files.move(part, file, REPLACE_EXISTING, ATOMIC_MOVE);
      } else {
        Files.move(part, file);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be written: %s.".formatted(file, e.getMessage()), ExitCode.FAILURE, e);
    } finally {
      part.toFile().delete();
    }
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
