package dev.relive.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where reward curves go besides the screen. */
final class CurveOptions {

  @Option(
      names = "--png",
      paramLabel = "FILE",
      description = "Draw the mean returns over the steps into this file, too.")
  private @Nullable Path png;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write every evaluation's statistics to this file, a line each.")
  private @Nullable Path csv;

  @Option(
      names = "--force",
      arity = "0..1",
      fallbackValue = "true",
      description = "Overwrite files that are there.")
  private boolean force;

  CurveConfig config(LogPlace log) {
    return new CurveConfig(log, Optional.ofNullable(png), Optional.ofNullable(csv), force);
  }
}
