package dev.relive.cli;

import java.util.Optional;

/**
 * What to count.
 *
 * @param stream only this one; empty for all
 * @param run only the one with this id or label; empty for all
 */
record LogStatConfig(LogPlace log, Optional<String> stream, Optional<String> run)
    implements ToolConfig {}
