package dev.relive.cli;

import java.util.Optional;

/**
 * What a prune is told.
 *
 * @param stream whose experience; empty for that of the run, or the only one
 * @param run as far as whose experience goes; empty for no such limit
 * @param before how far at most
 * @param dryRun whether to say only what would go
 * @param yes whether to delete
 */
record LogPruneConfig(
    LogPlace log,
    Optional<String> stream,
    Optional<String> run,
    PruneLimit before,
    boolean dryRun,
    boolean yes)
    implements ToolConfig {}
