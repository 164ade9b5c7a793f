package dev.relive.cli;

import java.nio.file.Path;

/**
 * What an import is told.
 *
 * @param file of archives
 */
record LogImportConfig(LogPlace log, Path file) implements ToolConfig {}
