package dev.relive.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What an export is told.
 *
 * @param run its id or label
 * @param output the file to write; empty for one that is called as the run
 */
record LogExportConfig(LogPlace log, String run, Optional<Path> output) implements ToolConfig {}
