package dev.relive.cli;

import dev.relive.log.StartAt;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to show.
 *
 * @param stream of which; empty for the run's, or the only one
 * @param run only the one with this id or label; empty for all
 * @param partition the only one to show; empty for all
 * @param from where to begin
 * @param last how many to show at the end instead; empty to begin at {@code from}
 * @param limit how many to show at most
 * @param values whether to show observations, actions and rewards
 */
record LogShowConfig(
    LogPlace log,
    Optional<String> stream,
    Optional<String> run,
    OptionalInt partition,
    StartAt from,
    OptionalInt last,
    int limit,
    boolean values)
    implements ToolConfig {}
