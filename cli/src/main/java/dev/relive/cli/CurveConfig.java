package dev.relive.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where reward curves are to be drawn besides the screen.
 *
 * @param force whether files that are there may be replaced
 */
record CurveConfig(LogPlace log, Optional<Path> png, Optional<Path> csv, boolean force)
    implements ToolConfig {}
